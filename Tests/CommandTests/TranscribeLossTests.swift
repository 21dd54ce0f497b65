import Foundation
import TestSupport
import Testing

/// What the command says of recordings that are not heard as they were recorded.
@Suite struct TranscribeLossTests {
  @Test func aCutRecordingIsTranscribedWithAWarning() throws {
    try withTemporaryFolder { folder in
      let cut = folder.appending(path: "cut.wav").path
      let whole = try Data(contentsOf: URL(fileURLWithPath: speech))
      try whole.dropLast(16_000).write(to: URL(fileURLWithPath: cut))
      let outcome = try transcribe([cut])
      #expect(
        outcome.errors
          == "utter: \(cut): ends 0.5 s before its header says: of 1.7 s only 1.2 s are there\n")
      #expect(outcome.output != "\n")
      #expect(outcome.code == 0)
      let json = try transcribe(["--json", cut]).output
      #expect(json.contains(#""warnings":["ends 0.5 s before its header says: "#))
    }
  }

  /// libmpg123 has opinions on such files, and would write them there itself.
  @Test func decodersWriteNothingThemselves() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "damaged.mp3")
      let name = "audio/digits_03_stereo_44k.mp3"
      var data = try Data(contentsOf: Fixtures.committed.appending(path: name))
      for index in 0..<3_000 { data[data.count / 2 + index] = UInt8(index * 7_919 % 251) }
      try data.write(to: file)
      let outcome = try transcribe([file.path], environment: ["PATH": "/nowhere"])
      let lines = outcome.errors.split(separator: "\n")
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.hasPrefix("utter: ") }, "\(outcome.errors)")
      #expect(outcome.code == 0)
    }
  }

  /// Text would go to whatever file comes to lie in the place of the stream.
  @Test(arguments: ["$1 >&-", "- <$1 >&-", "$1 >&- 2>&-", "- <&-"])
  func closedStreamsAreSaid(_ redirections: String) throws {
    let script = "exec \"$0\" transcribe --model \"$2\" \(redirections)"
    let outcome = try CommandRunner.run(
      ["-c", script, CommandRunner.program.path, speech, model],
      of: URL(fileURLWithPath: "/bin/sh"))
    #expect(outcome.code == (redirections.hasSuffix("<&-") ? 66 : 69))
    #expect(outcome.output == "")
    if !redirections.hasSuffix("2>&-") {
      #expect(outcome.errors.hasPrefix("utter: standard "), "\(outcome.errors)")
    }
  }
}
