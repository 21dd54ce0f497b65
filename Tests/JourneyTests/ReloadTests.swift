import Foundation
import Service
import TestSupport
import Testing

/// The configuration is changed under a daemon that runs.
@Suite struct ReloadTests {
  @Test func aBrokenFileChangesNothingButWhatIsSaid() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "utter/config.toml")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("[audio]\ndevice = \"first\"\n".utf8).write(to: file)
      let daemon = try LiveDaemon(in: folder, settings: ["UTTER_MODEL_PRELOAD": "false"])
      #expect(try daemon.status().microphone.device == "first")

      try Data("[audio]\ndevice = second\n".utf8).write(to: file)
      let complaint = "\(file.path): line 2, column 10: second is no value"
      let refused = try daemon.utter("config", "reload")
      #expect(refused.errors.hasPrefix("utter: \(complaint)"), "\(refused.errors)")
      #expect(refused.code != 0)
      let status = try daemon.status()
      #expect(status.microphone.device == "first" && status.state == .idle)
      #expect(status.problem?.message.hasPrefix(complaint) == true)
      #expect(try daemon.log.contains(complaint))
      #expect(try daemon.utter("status").output.contains(complaint))

      try Data("[audio]\ndevice = \"second\"\n".utf8).write(to: file)
      #expect(try daemon.utter("config", "reload").code == 0)
      #expect(try daemon.status().microphone.device == "second")
      #expect(try daemon.status().problem == nil)
    }
  }

  /// Who sends a signal gets no answer, so that clients are told.
  @Test func aSignalReloadsToo() throws {
    try withTemporaryFolder { folder in
      let daemon = try LiveDaemon(in: folder)
      let client = try daemon.client([.error])
      let file = folder.appending(path: "utter/config.toml")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("[audio\n".utf8).write(to: file)
      daemon.signal(SIGHUP)
      guard case .error(let error) = try client.notification() else {
        Issue.record("no error")
        return
      }
      #expect(error.message.hasPrefix("\(file.path): line 1, column 7: "))
      #expect(try daemon.status().problem?.error == error)
    }
  }
}
