import CLinux
import Desktop
import Foundation
import TestSupport
import Testing

/// Keys that desktops press for programs.
@Suite struct PortalKeyboardTests {
  private static let handle = "/org/freedesktop/portal/desktop/session/test/utter"

  /// A portal that permits, once for each token that it gave; the user says no to the rest.
  private static func portal(_ folder: URL, version: UInt32 = 2, code: UInt32 = 0) throws -> FakeBus
  {
    try FakeBus(
      as: ["org.freedesktop.portal.Desktop"],
      ["WAYLAND_DISPLAY": "none", "XDG_STATE_HOME": folder.path]
    ) { call in
      switch call.method {
      case "Get":
        .values([.variant(.number(call.values[1].text == "version" ? version : 3))])
      case "CreateSession": .response(0, ["session_handle": .text(handle)])
      case "SelectDevices": .response(0)
      case "Start":
        .response(
          code, ["devices": .number(1), "restore_token": .text("next")])
      case "NotifyKeyboardKeysym", "NotifyKeyboardKeycode", "Close": .values([])
      default: nil
      }
    }
  }

  private func keys(_ bus: FakeBus) -> [[Int32]] {
    bus.calls.filter { $0.method == "NotifyKeyboardKeysym" }
      .map { [$0.values[2].signed ?? 0, Int32($0.values[3].number ?? 9)] }
  }

  @Test func permissionIsAskedForOnce() throws {
    try withTemporaryFolder { folder in
      let bus = try Self.portal(folder)
      let typist = try Typist(session: bus.session, driver: .portal)
      let token = folder.appending(path: "utter/portal-token").path
      for _ in 0..<2 { #expect(try typist.type("", then: "\n\t\u{1B}") == []) }
      let once: [[Int32]] = [0xFF0D, 0xFF09, 0xFF1B].flatMap { [[$0, 1], [$0, 0]] }
      #expect(keys(bus) == once + once)
      let asked = bus.calls.filter { $0.method == "SelectDevices" }.map(\.options)
      #expect(asked.map { $0["types"]?.number } == [1, 1])
      #expect(asked.map { $0["persist_mode"]?.number } == [2, 2])
      #expect(asked.map { $0["restore_token"]?.text } == [nil, "next"])
      // It holds as long as it types.
      #expect(bus.calls.filter { $0.method == "Close" }.count == 2)
      let attributes = try FileManager.default.attributesOfItem(atPath: token)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func aPortalThatRemembersNothingIsAskedEachTime() throws {
    try withTemporaryFolder { folder in
      let bus = try Self.portal(folder, version: 1)
      #expect(try Typist(session: bus.session, driver: .portal).type("", then: "\n") == [])
      let asked = try #require(bus.calls.first { $0.method == "SelectDevices" }).options
      #expect(asked["persist_mode"] == nil && asked["restore_token"] == nil)
    }
  }

  @Test(arguments: [1, 2] as [UInt32]) func refusalsAreTold(_ code: UInt32) throws {
    try withTemporaryFolder { folder in
      let bus = try Self.portal(folder, code: code)
      let typist = try Typist(session: bus.session, driver: .portal)
      #expect(throws: DesktopError.notPermitted(code: code)) { try typist.type("", then: "\n") }
      #expect(keys(bus).isEmpty && bus.calls.last?.method == "Close")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "utter").path))
    }
  }

  /// What the tools offer comes first; the portal where they are not there.
  @Test func desktopsThatOfferItAreTyped() throws {
    try withTemporaryFolder { folder in
      let bus = try Self.portal(folder)
      for desktop in ["KDE", "GNOME", "unheard-of"] {
        let variables = ["PATH": folder.path, "XDG_CURRENT_DESKTOP": desktop]
        let session = DesktopSession(
          environment: bus.session.environment.merging(variables) { $1 })
        #expect(try DriverChoice.all(for: session).map(\.driver) == [.portal])
      }
      let none = try FakeBus(as: ["org.freedesktop.portal.Desktop"]) { _ in nil }
      #expect(!TypingDriver.portal.isAvailable(in: none.session))
    }
  }

  /// Each character of a text arrives once, by the keys of the layout or by the clipboard.
  @Test func plasmaTypes() throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualPlasma()
      defer { desktop.stop() }
      let session = DesktopSession(environment: desktop.variables)
      let file = folder.appending(path: "text")
      func saved() -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
      let hand = try Hand(session)
      try desktop.openEditor(file)
      // The window has the keyboard once it saves what was typed.
      try waitUntil("the editor") {
        hand.press(KEY_X)
        hand.release(KEY_X)
        hand.control(KEY_S)
        return saved().contains("x")
      }
      hand.control(KEY_A)
      let keeper = ClipboardKeeper(program: CommandRunner.program.path)
      let typist = try Typist(session: session, driver: .portal, keeper: keeper)
      let plain = "Hello, World! (it's) \"x\" @#$%^&*+-=/\\|~`_ {1}[2]<3>;:?\n"
      #expect(try typist.type(plain) == [])
      let notes = try typist.type("Größe: 5 €, ы")
      #expect(
        notes.first?.hasSuffix("the keyboard's layout has no key for that; pasted it") == true)
      #expect(try typist.type(" ok.", then: "\n") == [])
      let all = plain + "Größe: 5 €, ы ok.\n"
      try? waitUntil("the saved text", limit: 20) {
        hand.control(KEY_S)
        return saved().hasPrefix(all)
      }
      // The editor ends the last line.
      #expect(saved() == all + "\n" || saved() == all)
    }
  }
}
