import Foundation
import Glibc
import Service
import TestSupport
import Testing

/// `utter serve` in a process of its own, with folders of its own.
final class LiveDaemon {
  /// Variables for programs that are to talk to the daemon.
  let environment: [String: String]
  /// Those of them that tests do not have.
  let variables: [String: String]
  /// Where it keeps history and spool.
  let state: StateFolder
  /// What is called with the daemon's command line; empty where that is called itself.
  private let starter: [String]
  private let folder: URL
  private let user: [String]
  private let notices: Int32
  private var process = Process()

  /// Starts a daemon, and waits until it answers.
  ///
  /// - Parameters:
  ///   - folder: For its socket, its state and its messages.
  ///   - settings: Variables that configure it, and say where its microphone is.
  ///   - starter: A program with arguments that starts it with the first client, so that nobody
  ///     can wait for it before.
  ///   - user: Words before a command that let it run as another user, whose the folder is.
  /// - Throws: Where it cannot be started, or is not ready within a minute.
  init(
    in folder: URL, settings: [String: String] = [:], startedBy starter: [String] = [],
    user: [String] = []
  ) throws {
    self.folder = folder
    self.starter = starter
    self.user = user
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    let own = [
      "XDG_RUNTIME_DIR": folder.path, "XDG_STATE_HOME": folder.path, "XDG_CONFIG_HOME": folder.path,
      "HOME": folder.path,
      "UTTER_MODEL_NAME": Fixtures.repository.appending(path: "models/starter-en").path,
    ]
    variables = own.merging(settings) { $1 }
    environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    state = try StateFolder(environment: own)
    notices = try Self.noticeBoard(folder.appending(path: "notify").path)
    try start()
  }

  deinit {
    kill()
    close(notices)
  }

  /// Starts it again.
  func start() throws {
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = user + starter + [CommandRunner.program.path, "serve"]
    // Its alone: a message bus that a client starts would say there that it is ready.
    process.environment = environment.merging([
      "NOTIFY_SOCKET": folder.appending(path: "notify").path
    ]) { $1 }
    process.standardError = try messages()
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if starter.isEmpty { try awaitNotice("READY=1") }
  }

  /// Ends it as nobody can prevent.
  func kill() {
    guard process.isRunning else { return }
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Sends it a signal.
  func signal(_ number: Int32) { Glibc.kill(process.processIdentifier, number) }

  /// Ends it as systemd does.
  ///
  /// - Returns: Its exit code.
  func terminate() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  var processIdentifier: Int32 { process.processIdentifier }

  /// The next datagram that it sends to systemd; waits for it, at most a minute.
  func notice() throws -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(notices, &bytes, bytes.count, 0)
    guard count > 0 else { throw Silence() }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Waits for such a datagram, and forgets all that come before it.
  func awaitNotice(_ expected: String) throws { while try notice() != expected {} }

  struct Silence: Error {}

  /// Where it listens.
  var socket: SocketPath { get throws { try SocketPath { [environment] in environment[$0] } } }

  /// A connection that wants to be told everything about dictations, and fails where nothing is
  /// told for two minutes.
  func client(_ topics: Set<Topic> = [.final, .state, .error, .dropped]) throws -> DaemonClient {
    let client = try DaemonClient(socket)
    client.giveUp(after: 120)
    if !topics.isEmpty { try client.subscribe(to: topics) }
    return client
  }

  /// What it is and does.
  func status() throws -> StatusReport { try client([]).call(.status) }

  var history: [HistoryEntry] { get throws { try History(path: state.history).entries() } }

  /// Waits until something is in the history, at most a minute; nobody is told of what comes back.
  func awaitHistory() throws -> HistoryEntry {
    let limit = ContinuousClock.now + .seconds(60)
    while .now < limit {
      if let entry = try history.first { return entry }
      Thread.sleep(forTimeInterval: 0.02)
    }
    throw Silence()
  }

  /// What it wrote to standard error.
  var log: String {
    get throws { try String(contentsOf: folder.appending(path: "messages"), encoding: .utf8) }
  }

  /// Runs `utter` as a user of this daemon.
  func utter(_ arguments: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.run(arguments, environment: environment)
  }

  private func messages() throws -> FileHandle {
    let file = folder.appending(path: "messages")
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    return handle
  }

  /// A socket where systemd would listen.
  private static func noticeBoard(_ path: String) throws -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard path.utf8.count < room.count else { return false }
      room.copyBytes(from: path.utf8)
      return true
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    var minute = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &minute, socklen_t(MemoryLayout<timeval>.size))
    try #require(fits && result == 0 && fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0)
    return descriptor
  }
}

extension DaemonClient {
  /// Waits for the text of a dictation; what else is told meanwhile is kept.
  func text(_ others: (Service.Notification) -> Void = { _ in }) throws -> FinalText {
    while true {
      let notification = try notification()
      if case .final(let text) = notification { return text }
      others(notification)
    }
  }

  /// Holds the key while something happens.
  func dictate(_ body: () throws -> Void) throws -> FinalText {
    try answer(to: .startRecording(RecordingRequest()))
    try body()
    try answer(to: .stopRecording())
    return try text()
  }
}
