import Desktop
import Foundation
import System

extension Doctor {
  private var kind: SessionKind { SessionKind(environment: environment) }

  /// What draws the windows, and whether it answers.
  func session() -> Finding {
    let desktop = variable("XDG_CURRENT_DESKTOP").map { ", \($0)" } ?? ""
    do throws(DesktopError) {
      if kind != .none {
        _ = try DisplayWatch(session: DesktopSession(environment: environment))
      }
    } catch {
      return .warn("session", error.description, hint: error.advice)
    }
    switch kind {
    case .wayland: return .ok("session", "Wayland\(desktop)")
    case .x11: return .ok("session", "X11\(desktop)")
    case .none:
      return .warn(
        "session", "neither Wayland nor X11",
        hint: "text cannot be typed from here; `utter listen` prints it")
    }
  }

  /// Programs that type for others.
  func typing(_ driver: String) -> Finding {
    let session = DesktopSession(environment: environment)
    let fitting: [TypingDriver] =
      switch kind {
      case .wayland: [.wayland, .wtype, .dotool, .ydotool, .portal]
      case .x11: [.x11, .dotool, .ydotool]
      case .none: [.dotool, .ydotool]
      }
    let present = fitting.filter { $0.isAvailable(in: session) }.map(\.rawValue)
    if let chosen = TypingDriver(rawValue: driver), !chosen.isAvailable(in: session) {
      return .warn(
        "typing",
        "\(driver) is chosen, but \(chosen.isTool ? "not installed" : "not possible here")",
        hint: "install it, or let Utter choose: utter config set type.driver auto")
    }
    guard !present.isEmpty else {
      let tools = fitting.filter(\.isTool).map(\.rawValue)
      return .warn(
        "typing", "none of \(tools.joined(separator: ", ")) is installed",
        hint: "sudo apt install \(tools[0]); without one, `utter listen` prints the text")
    }
    return .ok("typing", present.joined(separator: ", "))
  }

  /// Who types what is dictated.
  func typists() -> Finding {
    let folder = UserFolders(environment: environment).runtime.map { "\($0)/utter" }
    let holders = folder.map { TypistSeat.holders(in: $0) } ?? []
    guard !holders.isEmpty else {
      return .warn(
        "typist", "nobody types what is dictated",
        hint: "start `utter type` with the session; Documentation/Guide.md says how")
    }
    return .ok("typist", holders.map { "\($0.program), on \($0.display)" }.joined(separator: "; "))
  }

  /// What keeps a key from repeating itself that a desktop has bound.
  ///
  /// - Returns: Nothing where that is not X11's business.
  func repeats() -> [Finding] {
    guard kind == .x11 else { return [] }
    guard isInPath("xset") else {
      return [
        .warn(
          "key repeat", "xset is not installed, which keeps a bound key from repeating itself",
          hint: "sudo apt install x11-xserver-utils; `utter hotkey` does not need it")
      ]
    }
    return [.ok("key repeat", "xset; `xset -r 75` is for F9")]
  }

  /// What shows what goes wrong.
  func notifications() -> Finding {
    guard let server = Notifier(session: DesktopSession(environment: environment)).server else {
      return .warn(
        "notifications", "nothing on the session's bus shows them",
        hint: "sudo apt install mako-notifier or dunst; without one `utter type` only prints what "
          + "goes wrong")
    }
    return .ok("notifications", server)
  }

  /// What the desktop does for programs that ask it.
  ///
  /// - Returns: Nothing where that is not Wayland's business.
  func portal() -> [Finding] {
    guard kind == .wayland else { return [] }
    let survey = PortalSurvey(DesktopSession(environment: environment))
    let offers = [
      survey.shortcuts.map { "watches keys (GlobalShortcuts \($0))" },
      survey.typing.map {
        "presses keys (RemoteDesktop \($0)\(survey.isTypingPermitted ? ", permitted" : ""))"
      },
    ].compactMap(\.self)
    if !offers.isEmpty { return [.ok("portal", offers.joined(separator: ", "))] }
    let desktops = (variable("XDG_CURRENT_DESKTOP") ?? "").lowercased().split(separator: ":")
    guard let desktop = desktops.first(where: { ["kde", "gnome"].contains($0) }) else {
      return [.ok("portal", "watches and presses no keys, which this desktop does not need")]
    }
    return [
      .warn(
        "portal", "watches and presses no keys for programs",
        hint: "sudo apt install xdg-desktop-portal-\(desktop), then log in again")
    ]
  }

  /// Whether the clipboard can be had.
  func clipboard() -> Finding {
    guard kind != .none else { return .ok("clipboard", "none without a session") }
    do throws(DesktopError) {
      let access = try DesktopSession(environment: environment).clipboardAccess()
      return .ok("clipboard", access)
    } catch {
      return .warn("clipboard", error.description, hint: error.advice ?? "")
    }
  }

  private func isInPath(_ tool: String) -> Bool {
    (variable("PATH") ?? "").split(separator: ":").contains { access("\($0)/\(tool)", X_OK) == 0 }
  }
}
