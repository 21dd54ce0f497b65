import Foundation
import TestSupport
import Testing

/// Real speech and the model that ships.
@Suite struct TranscribeRecordingTests {
  @Test(.enabled(if: hasStarter)) func digitsAreHeardInEveryFormat() throws {
    let names = [
      "digits_03.flac", "digits_03_stereo_44k.mp3", "digits_03_mulaw_8k.wav", "digits_03_48k.opus",
    ]
    for name in names {
      let path = Fixtures.committed.appending(path: "audio/\(name)").path
      let outcome = try CommandRunner.run(["transcribe", path])
      #expect(outcome.output == "seven zero nine four four seven\n", "\(name)")
    }
  }

  @Test(.enabled(if: hasStarter)) func otherDigits() throws {
    let path = Fixtures.committed.appending(path: "audio/digits_12.flac").path
    let outcome = try CommandRunner.run(["transcribe", path])
    #expect(outcome.output == "two seven nine zero eight five zero\n")
  }
}

private let hasStarter = FileManager.default.fileExists(
  atPath: Fixtures.repository.appending(path: "models/starter-en/config.json").path)
