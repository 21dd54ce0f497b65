import Foundation
import Service
import TestSupport
import Testing

/// What systemd and the daemon tell each other.
@Suite struct SystemdTests {
  @Test func theFirstClientStartsIt() throws {
    try withTemporaryFolder { folder in
      // Short, as a socket's path has to be, and open when the daemon is gone.
      let socket = folder.appending(path: "socket").path
      let variables = [
        "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME", "NOTIFY_SOCKET",
        "UTTER_MODEL_NAME",
      ]
      let daemon = try LiveDaemon(
        in: folder, settings: ["UTTER_SOCKET": socket],
        startedBy: ["systemd-socket-activate", "--listen=\(socket)"]
          + variables.map { "--setenv=\($0)" })
      while !FileManager.default.fileExists(atPath: socket) { Thread.sleep(forTimeInterval: 0.01) }
      let status = try daemon.status()
      #expect(status.pid == daemon.processIdentifier)
      try daemon.awaitNotice("READY=1")
      #expect(daemon.terminate() == 0)
      #expect(FileManager.default.fileExists(atPath: socket), "it was not the daemon's to remove")
    }
  }

  @Test func itTellsHowItIs() throws {
    try withTemporaryFolder { folder in
      let start = ContinuousClock.now
      let daemon = try LiveDaemon(in: folder, settings: ["WATCHDOG_USEC": "400000"])
      let client = try daemon.client()
      try client.answer(to: .unloadModel)
      try client.answer(to: .loadModel)
      try daemon.awaitNotice("STATUS=loading")
      try daemon.awaitNotice("STATUS=idle")
      for _ in 0..<10 { try daemon.awaitNotice("WATCHDOG=1") }
      // Busy machines delay them; more often than in half the time they are never sent.
      #expect(start.duration(to: .now) >= .milliseconds(9 * 200))
      #expect(daemon.terminate() == 0)
      try daemon.awaitNotice("STOPPING=1")
    }
  }
}
