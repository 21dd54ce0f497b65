import Foundation
import Glibc
import Service
import System
import TestSupport

/// A session whose compositor only lets programs connect, with tools that write down what they get.
final class FakeSession {
  let folder: URL
  private var compositor: Compositor?

  /// Begins a session.
  ///
  /// - Parameters:
  ///   - folder: For its socket and its tools.
  ///   - tools: What they are called.
  ///   - ending: What each tool does after it wrote down its arguments and its input.
  /// - Throws: When they cannot be made.
  init(in folder: URL, tools: [String] = ["wtype"], ending: String = "exit 0") throws {
    self.folder = folder
    let script = """
      #!/bin/sh
      for word in "$@"; do echo "$word"; done >> "$0.arguments"
      /bin/cat >> "$0.input"
      for word in "$@"; do [ "$word" != Return ] || echo; done >> "$0.input"
      \(ending)

      """
    try Data(script.utf8).write(to: folder.appending(path: "source"))
    for tool in tools {
      // Copied by a program of its own, lest another that starts right now keep it open.
      let copy = try Process.run(
        URL(fileURLWithPath: "/usr/bin/install"),
        arguments: [
          "-m", "755", folder.appending(path: "source").path, folder.appending(path: tool).path,
        ])
      copy.waitUntilExit()
    }
    try logIn()
  }

  private final class Compositor {
    let socket: UnixSocket
    init(_ path: String) throws {
      guard let address = UnixAddress(path) else { throw Errno(ENAMETOOLONG) }
      let socket = try UnixSocket(.stream)
      unlink(path)
      try socket.listen(at: address)
      self.socket = socket
    }
  }

  /// Begins a session whose display has the same name as the last one's.
  func logIn() throws {
    compositor = try Compositor(folder.appending(path: "wayland-1").path)
  }

  /// Ends the session.
  func logOut() { compositor = nil }

  /// Variables that programs in it need.
  var environment: [String: String] {
    [
      "PATH": folder.path, "WAYLAND_DISPLAY": "wayland-1", "XDG_CURRENT_DESKTOP": "sway",
      "XDG_RUNTIME_DIR": folder.path, "DISPLAY": "", "UTTER_TYPE_DRIVER": "wtype",
      "XDG_CONFIG_HOME": folder.path,
    ]
  }

  /// Starts `utter` in it.
  ///
  /// - Parameters:
  ///   - arguments: Everything after the program's name.
  ///   - socket: The daemon's.
  ///   - variables: More variables.
  /// - Returns: The program at work.
  /// - Throws: When it cannot be started.
  func start(
    _ arguments: [String], socket: String, _ variables: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = CommandRunner.program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment.merging(["UTTER_SOCKET": socket]) { $1 }) { $1 }
      .merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = folder.appending(path: "output")
    if !FileManager.default.fileExists(atPath: output.path) { try Data().write(to: output) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    let errors = folder.appending(path: "errors")
    if !FileManager.default.fileExists(atPath: errors.path) { try Data().write(to: errors) }
    let handle = try FileHandle(forWritingTo: errors)
    try handle.seekToEnd()
    process.standardError = handle
    try process.runWithSignals()
    return process
  }

  /// A file of the folder as it is now; empty where there is none.
  func text(_ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  /// What the programs said on standard error.
  var errors: String { text("errors") }

  /// What was typed.
  var typed: String { text("wtype.input") }

  /// Waits until this was typed, and nothing else.
  func awaitTyped(_ expected: String) throws {
    try waitUntil("“\(expected)” is typed") { typed == expected }
  }
}

extension FinalText {
  /// The text of a dictation.
  static func saying(_ text: String, id: String = "1") -> FinalText {
    FinalText(
      id: id, text: text, raw: "", words: [], audioMs: 1,
      latencyMs: .init(release: 1, features: 1, encoder: 1, decoder: 1, formatting: 1), terms: [])
  }
}
