import Audio
import Foundation
import TestSupport
import Testing

/// The packages in `Examples`, which depend on this one by its path, as a stranger builds them.
@Suite(.serialized) struct ExampleTests {
  private static let words = "seven zero nine four four seven"
  private static let recording = Fixtures.committed.appending(path: "audio/digits_03.flac")
  private static let model = Fixtures.repository.appending(path: "models/starter-en")
  /// One folder for both: what the second one needs of the library is built already.
  private static let scratch = Fixtures.repository.appending(path: ".build/examples")

  /// Builds an example, and runs it with the model and a recording.
  private func output(of example: String, _ recording: URL) throws -> [Substring] {
    let folder = Fixtures.repository.appending(path: "Examples/\(example)")
    let building = try CommandRunner.run(
      [
        "swift", "build", "--package-path", folder.path, "--scratch-path", Self.scratch.path,
        // What was planned for the other one may not be taken for this one's.
        "--disable-build-manifest-caching", "--product", example,
      ], of: URL(filePath: "/usr/bin/env"))
    try #require(building.code == 0, "\(building.output)\(building.errors)")
    let run = try CommandRunner.run(
      [Self.model.path, recording.path], of: Self.scratch.appending(path: "debug/\(example)"))
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n")
  }

  @Test func aFileIsTranscribed() throws {
    #expect(try output(of: "TranscribeFile", Self.recording) == ["0.0 s: \(Self.words)"])
  }

  @Test func speechIsDictated() throws {
    try withTemporaryFolder { folder in
      let speech = folder.appending(path: "speech.wav")
      let samples = try AudioFile(path: Self.recording.path).readAll()
      try Wave(samples.map { Int16($0 * 32_767) }).bytes().write(to: speech)
      let lines = try output(of: "Dictate", speech)
      #expect(lines.first == "listening" && lines.last == "text: \(Self.words)", "\(lines)")
      #expect(lines.contains { $0.hasPrefix("so far: ") }, "\(lines)")
    }
  }
}
