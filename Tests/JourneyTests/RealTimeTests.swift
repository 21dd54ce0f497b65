import Foundation
import Service
import TestSupport
import Testing

/// Dictations at the pace at which people speak, from a sound server to the text.
@Suite struct RealTimeTests {
  /// What is said while a key is held is what a recording of it holds, word by word, however long.
  @Test(arguments: [5.0, 30, 180]) func everyWordArrives(_ seconds: Double) throws {
    try withTemporaryFolder { folder in
      let recording = try Recording(seconds: seconds)
      let file = folder.appending(path: "speech.wav")
      try recording.write(to: file)
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client()
      let text = try client.dictate { try microphone.play(file).waitUntilExit() }
      #expect(text.text == recording.text)
      let reference = try daemon.utter("transcribe", file.path)
      #expect(text.text + "\n" == reference.output)
      // The history is written after the text is told, but before the daemon ends.
      #expect(daemon.terminate() == 0)
      #expect(try daemon.history.map(\.text) == [text.text])
      #expect(try !daemon.log.contains("eight"), "what was said stands in the log")
    }
  }

  @Test func theMicrophoneRemembersWhatCameBeforeTheKey() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(
        in: folder,
        settings: microphone.environment.merging(["UTTER_AUDIO_KEEP_OPEN": "true"]) { $1 })
      let speech = Fixtures.committed.appending(path: "audio/digits_02.flac")
      try microphone.play(speech).waitUntilExit()
      let client = try daemon.client()
      let text = try client.dictate {}
      #expect(text.text.hasSuffix("zero"), "\(text.text)")
    }
  }
}
