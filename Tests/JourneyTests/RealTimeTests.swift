import Foundation
import Service
import TestSupport
import Testing

/// Dictations at the pace at which people speak, from a sound server to the text.
@Suite struct RealTimeTests {
  /// What is said while a key is held is what a recording of it holds, however long.
  @Test(arguments: [5.0, 30, 180]) func everyWordArrives(_ seconds: Double) throws {
    try withTemporaryFolder { folder in
      let recording = try Recording(seconds: seconds)
      let file = folder.appending(path: "speech.wav")
      try recording.write(to: file)
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client()
      let text = try client.dictate { try microphone.play(file).waitUntilExit() }
      let reference = try daemon.utter("transcribe", file.path)
      #expect(reference.output == recording.text + "\n")
      let words = text.text.split(separator: " ").map(String.init)
      let spoken = recording.text.split(separator: " ").map(String.init)
      // In minutes of speech the small model hears a word otherwise here and there; a sentence or
      // an end that is lost is more.
      #expect(WordErrors.count(in: words, against: spoken) <= spoken.count / 100)
      #expect(words.first == spoken.first && words.last == spoken.last)
      #expect(try daemon.history.map(\.text) == [text.text])
      #expect(try !daemon.log.contains("seven"), "what was said stands in the log")
      #expect(daemon.terminate() == 0)
    }
  }

  @Test func theMicrophoneRemembersWhatCameBeforeTheKey() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(
        in: folder,
        settings: microphone.environment.merging(["UTTER_AUDIO_KEEP_OPEN": "true"]) { $1 })
      let speech = Fixtures.committed.appending(path: "audio/digits_06.flac")
      try microphone.play(speech).waitUntilExit()
      let client = try daemon.client()
      let text = try client.dictate {}
      #expect(text.text.hasSuffix("eight"), "\(text.text)")
    }
  }
}
