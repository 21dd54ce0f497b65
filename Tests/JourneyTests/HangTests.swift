import Foundation
import Service
import TestSupport
import Testing

/// Whatever hangs round the daemon, it does not.
@Suite(.timeLimit(.minutes(3))) struct HangTests {
  /// A history that somebody else holds, a pipe in which nothing comes, and a converter that hangs.
  @Test(arguments: [true, false]) func nothingOutlivesItsEnd(_ isTold: Bool) throws {
    try withTemporaryFolder { folder in
      let programs = folder.appending(path: "programs")
      try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
      let started = folder.appending(path: "started").path
      let script = """
        #!/bin/sh
        echo $$ > '\(started).new' && mv '\(started).new' '\(started)'
        exec sleep 1000

        """
      try Data(script.utf8).write(to: programs.appending(path: "ffmpeg"))
      #expect(chmod(programs.appending(path: "ffmpeg").path, 0o700) == 0)
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let state = try StateFolder(environment: ["XDG_STATE_HOME": folder.path])
      try History(path: state.history).append(
        HistoryEntry(
          id: "a", time: "2020-01-02T03:04:05Z", outcome: .done, text: "a", audioMs: 1, model: "m",
          directory: nil, audio: nil))
      // Where old entries are forgotten the daemon meets it first.
      let lock = open("\(state.history).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(lock) }
      try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let writer = open(pipe, O_RDWR | O_CLOEXEC)
      defer { close(writer) }

      let daemon = try LiveDaemon(in: folder, settings: ["PATH": "\(programs.path):\(path)"])
      for file in [pipe, programs.appending(path: "ffmpeg").path] {
        let client = SentClient(try daemon.client([]))
        Thread.detachNewThread { client.ask(.transcribe(path: file)) }
      }
      let converter = try Self.number(in: started)
      // It serves all the while.
      let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      let answer: TranscribedFile = try daemon.client([]).call(.transcribe(path: recording))
      #expect(answer.text == "seven zero nine four four seven")
      #expect(try daemon.status().state == .idle)
      if isTold { #expect(daemon.terminate() == 0) } else { daemon.kill() }
      try Self.awaitEnd(of: converter)
    }
  }

  /// More than there are descriptors for.
  @Test func anyNumberOfRecordingsIsTakenUp() throws {
    try withTemporaryFolder { folder in
      let state = try StateFolder(environment: ["XDG_STATE_HOME": folder.path])
      let spool = URL(filePath: state.path).appending(path: "spool")
      try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
      for number in 100..<300 {
        try Data(count: 44 + 64).write(to: spool.appending(path: "20260102T030405Z-\(number).wav"))
      }
      let daemon = try LiveDaemon(
        in: folder, user: ["sh", "-c", #"ulimit -n 64; exec "$@""#, "sh"])
      let limit = ContinuousClock.now + .seconds(60)
      while try !FileManager.default.contentsOfDirectory(atPath: spool.path).isEmpty {
        try #require(.now < limit)
        Thread.sleep(forTimeInterval: 0.02)
      }
      #expect(daemon.terminate() == 0)
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func anotherUserIsToldSo() throws {
    try withTemporaryFolder { folder in
      let daemon = try LiveDaemon(in: folder)
      let setpriv = [
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps",
        "+dac_override", "--ambient-caps", "+dac_override", CommandRunner.program.path, "status",
      ]
      let outcome = try CommandRunner.run(
        setpriv, of: URL(filePath: "/usr/bin/env"), environment: daemon.environment)
      #expect(outcome.code == 69)
      #expect(outcome.errors.contains("the daemon serves user 0 alone, not user 65534"))
    }
  }

  /// A name in no folder is anybody's, and what is said to whoever has it is not for others.
  @Test(.enabled(if: geteuid() == 0)) func nothingIsSaidToAnotherUser() throws {
    try withTemporaryFolder { folder in
      try #require(chown(folder.path, 65_534, 65_534) == 0)
      let name = "@utter-test-\(UInt64.random(in: 0...UInt64.max))"
      var environment = ["UTTER_SOCKET": name, "UTTER_MODEL_PRELOAD": "false"]
      for variable in ["HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
        environment[variable] = folder.path
      }
      let daemon = Process()
      daemon.executableURL = URL(filePath: "/usr/bin/env")
      daemon.arguments = [
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps",
        "+dac_override", "--ambient-caps", "+dac_override", CommandRunner.program.path, "serve",
      ]
      daemon.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      daemon.standardError = FileHandle.nullDevice
      try daemon.runWithSignals()
      defer {
        daemon.terminate()
        daemon.waitUntilExit()
      }
      let reason = "utter: \(name): user 65534 listens there, and is not you\nhint: run it as"
      try waitUntil("the other user's daemon is met") {
        try CommandRunner.run(["status"], environment: environment).errors.hasPrefix(reason)
      }
      let start = try CommandRunner.run(["record", "start"], environment: environment)
      #expect(start.code == 69 && start.errors.hasPrefix(reason))
      // Nor is anything read that another user may have written.
      let history = try CommandRunner.run(["history"], environment: environment)
      #expect(history.code == 69)
      #expect(history.errors.contains("/utter: belongs to user 65534, and you are user 0\nhint: "))
    }
  }

  /// The number that a program wrote to a file when it started.
  private static func number(in path: String) throws -> Int32 {
    let limit = ContinuousClock.now + .seconds(60)
    while true {
      if let text = try? String(contentsOfFile: path, encoding: .utf8),
        let number = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
      {
        return number
      }
      try #require(.now < limit)
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private static func awaitEnd(of process: Int32) throws {
    let limit = ContinuousClock.now + .seconds(60)
    while kill(process, 0) == 0 {
      // Whoever inherits it may not look at once that it has ended.
      let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      if state?.contains(") Z ") ?? true { return }
      try #require(.now < limit)
      Thread.sleep(forTimeInterval: 0.02)
    }
  }
}

/// A client on its way to the thread that alone uses it.
private final class SentClient: @unchecked Sendable {
  private let client: DaemonClient

  init(_ client: DaemonClient) { self.client = client }

  /// Asks, and waits for an answer that may not come.
  func ask(_ request: Request) { _ = try? client.answer(to: request) }
}
