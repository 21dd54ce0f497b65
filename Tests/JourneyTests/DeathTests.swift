import Foundation
import Service
import TestSupport
import Testing
import Transcription

/// A daemon may die at any moment: what was said comes back.
@Suite struct DeathTests {
  /// Twenty daemons hear the same 30 s, and each is killed at another moment.
  @Test func theWordsUpToItsDeathComeBack() throws {
    try withTemporaryFolder { folder in
      let recording = try Recording(seconds: 30)
      let file = folder.appending(path: "speech.wav")
      try recording.write(to: file)
      let microphone = try VirtualMicrophone()
      let daemons = try (0..<20).map { index in
        let own = folder.appending(path: "\(index)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        return try LiveDaemon(
          in: own, settings: microphone.environment.merging(["UTTER_MODEL_THREADS": "1"]) { $1 })
      }
      var random = Seeded(20)
      let moments = daemons.map { _ in Double.random(in: 1...30, using: &random) }.sorted()
      for daemon in daemons { try daemon.client([]).answer(to: .startRecording(.init())) }
      let player = try microphone.play(file)
      let start = ContinuousClock.now
      var heard: [Double] = []
      for (daemon, moment) in zip(daemons, moments) {
        // Nothing tells that a moment of real time has come but the time itself.
        Thread.sleep(forTimeInterval: max(0, moment - start.duration(to: .now) / .seconds(1)))
        let status = try daemon.status()
        daemon.kill()
        heard.append(try #require(status.recordedSeconds))
      }
      player.waitUntilExit()

      let reference = try Timed.words(of: file)
      for (daemon, heard) in zip(daemons, heard) {
        try daemon.start()
        let entry = try daemon.awaitHistory()
        #expect(try daemon.history.count == 1 && entry.outcome == .recovered)
        #expect(entry.audioMs / 1000 >= heard - 0.5, "of \(heard) s came back \(entry.audioMs) ms")
        // How much silence went before the first word is known from the recording alone.
        let spoken = reference.filter { $0.end <= entry.audioMs / 1000 - 1.5 }.map(\.word)
        let words = entry.text.split(separator: " ").map(String.init)
        // Where a word is cut in two, the model may hear its neighbours otherwise.
        let difference = WordErrors.count(
          in: Array(words.prefix(spoken.count)), against: spoken)
        #expect(difference <= 1 + spoken.count / 20, "of \(heard) s: \(entry.text)")
        #expect(words.count <= reference.count)
      }
    }
  }

  @Test func aDaemonThatIsToldToEndFinishesFirst() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client()
      try client.answer(to: .startRecording(.init()))
      try microphone.play(Fixtures.committed.appending(path: "audio/digits_03.flac"))
        .waitUntilExit()
      daemon.signal(SIGTERM)
      let text = try client.text().text
      #expect(WordErrors.isHeard(text, of: ["seven zero nine four four seven"]), "\(text)")
      #expect(daemon.terminate() == 0)
      #expect(throws: ClientError.self) { try daemon.client() }
    }
  }
}

/// The words of a recording as `utter transcribe` gives them.
private struct Timed: Decodable {
  let words: [TimedWord]

  static func words(of file: URL) throws -> [TimedWord] {
    let outcome = try CommandRunner.run(["transcribe", "--json", file.path])
    return try JSONDecoder().decode(Timed.self, from: Data(outcome.output.utf8)).words
  }
}
