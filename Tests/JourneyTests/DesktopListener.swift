import Foundation
import Glibc
import Service
import TestSupport
import Testing

/// `utter listen --json` in a virtual desktop: what the daemon tells its user there, who may be
/// another one than the tests'.
final class DesktopListener {
  private let process: Process
  private let output = Pipe()
  private var bytes = Data()

  /// Starts to listen.
  init(in desktop: some VirtualDesktop, to daemon: LiveDaemon) throws {
    process = try desktop.utter(
      "listen", "--json", of: daemon, output: output.fileHandleForWriting)
    try output.fileHandleForWriting.close()
  }

  /// Waits for a notification, at most three for each.
  func await(_ isIt: (Service.Notification) -> Bool) throws {
    while true {
      while let end = bytes.firstIndex(of: 0x0a) {
        let line = Data(bytes[..<end])
        bytes = Data(bytes[(end + 1)...])
        if isIt(try Wire.decoder.decode(Service.Notification.self, from: line)) { return }
      }
      var readable = pollfd(
        fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&readable, 1, 180_000) == 1 else { throw Silence() }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Silence() }
      bytes += more
    }
  }

  /// Waits for the text of a dictation, at most three minutes for each notification.
  func final() throws -> String {
    var texts: [String] = []
    try self.await(keeping: &texts) { $0.topic == .final }
    return texts.joined()
  }

  /// Waits for a notification, and keeps the texts of all dictations that end meanwhile.
  func await(keeping texts: inout [String], _ isIt: (Service.Notification) -> Bool) throws {
    var ended: [String] = []
    defer { texts += ended }
    try self.await {
      if case .final(let text) = $0 { ended.append(text.text) }
      return isIt($0)
    }
  }

  struct Silence: Error {}

  /// Ends it.
  func end() { process.end() }
}

extension VirtualDesktop {
  /// Starts `utter` as the desktop's user.
  func utter(
    _ arguments: String..., of daemon: LiveDaemon, output: FileHandle = .nullDevice
  ) throws -> Process {
    let words = user + [CommandRunner.program.path] + arguments
    return try start(words[0], Array(words[1...]), output: output, settings: daemon.variables)
  }

  /// What the daemon says of itself.
  func status(of daemon: LiveDaemon, _ folder: URL) throws -> StatusReport {
    let file = folder.appending(path: "status")
    try Data().write(to: file)
    try utter("status", "--format", "json", of: daemon, output: FileHandle(forWritingTo: file))
      .waitUntilExit()
    return try Wire.decoder.decode(StatusReport.self, from: Data(contentsOf: file))
  }
}

extension VirtualDesktop {
  /// Does something while `utter type` types what the daemon hears.
  ///
  /// - Parameters:
  ///   - daemon: The daemon, of which nobody else is a client.
  ///   - body: Is given the typist, who else is told, and a folder.
  /// - Throws: When one of them does not start, and what the body throws.
  func whileTyping(
    of daemon: LiveDaemon, _ body: (Process, DesktopListener, URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let listener = try DesktopListener(in: self, to: daemon)
      defer { listener.end() }
      let typist = try utter("type", of: daemon)
      defer { typist.end() }
      try waitUntil("the connection of utter type") {
        // The listener, the typist, and who asks.
        try status(of: daemon, folder).clients == 3
      }
      try body(typist, listener, folder)
    }
  }
}

extension VirtualWaylandDesktop {
  /// Keys as the guide has them: F9 is held to talk.
  static let holdToTalk = """
    bindsym --no-repeat F9 exec '\(CommandRunner.program.path)' record start
    bindsym --release F9 exec '\(CommandRunner.program.path)' record stop
    """

  /// A daemon of the desktop's user.
  ///
  /// What sway starts on a key looks for it in sway's folder, and may only be sway's user.
  func daemon(hearing microphone: VirtualMicrophone) throws -> LiveDaemon {
    let folder = try #require(environment["XDG_RUNTIME_DIR"])
    return try LiveDaemon(
      in: URL(fileURLWithPath: folder), settings: microphone.environment, user: user)
  }
}

extension Process {
  /// Ends it, and waits for that.
  func end() {
    terminate()
    waitUntilExit()
  }
}
