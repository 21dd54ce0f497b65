internal import Foundation
internal import System

/// The session that the user works in, as its variables describe it.
package struct DesktopSession: Sendable {
  /// Variables that tools are started with.
  package let environment: [String: String]
  /// What draws the windows.
  package let kind: SessionKind

  /// A session with these variables.
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
    kind = SessionKind(environment: environment)
  }

  /// Names of the desktop, small letters; the first is the most specific.
  var names: [String] {
    let sockets = [
      "SWAYSOCK": "sway", "HYPRLAND_INSTANCE_SIGNATURE": "hyprland", "NIRI_SOCKET": "niri",
    ]
    let said = ["XDG_CURRENT_DESKTOP", "XDG_SESSION_DESKTOP"]
      .flatMap { environment[$0, default: ""].lowercased().split(separator: ":").map(String.init) }
    return said + sockets.keys.sorted().filter { environment[$0] != nil }.compactMap { sockets[$0] }
  }

  /// Whether it takes a key that is held for released as soon as other keys are pressed, as Plasma
  /// does with those that it watches for programs.
  package var endsHoldsByKeys: Bool { kind == .wayland && names.contains("kde") }

  /// The keyboard layout where somebody wrote it down; the first where there are several.
  var layout: String? {
    let debian = (try? String(contentsOfFile: "/etc/default/keyboard", encoding: .utf8)) ?? ""
    let written = debian.split(separator: "\n").first { $0.hasPrefix("XKBLAYOUT=") }
      .map { $0.dropFirst(10).filter { $0 != "\"" } }
    let layouts = environment["XKB_DEFAULT_LAYOUT"] ?? written
    return layouts?.split(separator: ",").first.map(String.init)
  }

  /// Where a tool lies on the session's `PATH`.
  func path(of tool: String) -> String? { findProgram(tool, path: environment["PATH"]) }

  /// Starts a tool.
  ///
  /// - Parameters:
  ///   - name: Looked up on the session's `PATH`.
  ///   - arguments: All but the name.
  ///   - input: Standard input.
  ///   - variables: Set beside those of the session.
  /// - Returns: The tool at work.
  /// - Throws: `.noTool` where it is not installed, `.toolFailed` where it cannot be started.
  func start(
    _ name: String, _ arguments: [String], input: [UInt8] = [], variables: [String: String] = [:]
  ) throws(DesktopError) -> ChildProcess {
    guard let path = path(of: name) else {
      throw .noTool(names: [name], reason: "it is not on the PATH")
    }
    var command = Command(path, arguments)
    command.environment = environment.merging(variables) { $1 }
    // Killed half-way, it would leave a key down, or the clipboard empty.
    command.endsWithParent = false
    do throws(Errno) {
      return try command.start(input: FileDescriptor(inMemory: input))
    } catch {
      throw .toolFailed(name: name, reason: "\(error)")
    }
  }

  /// Runs a tool to its end.
  ///
  /// - Parameters:
  ///   - name: Looked up on the session's `PATH`.
  ///   - arguments: All but the name.
  ///   - input: Standard input.
  ///   - variables: Set beside those of the session.
  ///   - limit: After this long it is killed.
  /// - Returns: The tool, which ended well.
  /// - Throws: `.noTool` where it is not installed; `.toolFailed` with what it
  ///   printed where it ends with anything but 0 or takes too long.
  @discardableResult
  func run(
    _ name: String, _ arguments: [String], input: [UInt8] = [], variables: [String: String] = [:],
    limit: Duration = .seconds(5)
  ) throws(DesktopError) -> ChildProcess {
    let tool = try start(name, arguments, input: input, variables: variables)
    guard let ending = tool.wait(limit) else {
      throw .toolFailed(name: name, reason: "did not end within \(limit.components.seconds) s")
    }
    guard !tool.isOutputCut else {
      throw .toolFailed(name: name, reason: "printed more than can be kept")
    }
    guard ending.code == 0 else {
      throw .toolFailed(
        name: name, reason: tool.complaint ?? "ended with exit code \(ending.code)")
    }
    return tool
  }
}

extension ChildProcess {
  /// What a tool says about its failure, on standard error or else on standard output.
  var complaint: String? {
    [messageText, outputText].lazy
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .first { !$0.isEmpty }.map { String($0.prefix(300)) }
  }
}
