import Foundation
import TestSupport
import Testing

/// Terms and rules in the texts of recordings.
@Suite struct TranscribeWritingTests {
  private static let digits = Fixtures.committed.appending(path: "audio/digits_03.flac").path
  private static let words = "seven zero nine four four seven"

  /// Runs `utter transcribe` for a user who has a folder of lists.
  private static func transcribe(
    _ arguments: [String], lists: [String: String] = [:], variables: [String: String] = [:]
  ) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      let place = folder.appending(path: "utter/vocabulary")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (name, text) in lists { try Data(text.utf8).write(to: place.appending(path: name)) }
      let arguments = arguments.map { $0.replacing("FOLDER", with: place.path) }
      return try CommandRunner.run(
        ["transcribe", digits] + arguments,
        environment: variables.merging(["XDG_CONFIG_HOME": folder.path]) { $1 })
    }
  }

  @Test func listsAreUsed() throws {
    let list = "B709\tspoken=seven zero nine\tguard=off\n"
    let written = "B709 four four seven\n"
    #expect(try Self.transcribe([], lists: ["mine.txt": list]).output == written)
    #expect(try Self.transcribe([], lists: ["mine.old": list]).output == Self.words + "\n")
    #expect(
      try Self.transcribe(["--vocabulary", "FOLDER/mine.old"], lists: ["mine.old": list]).output
        == written)
    #expect(
      try Self.transcribe(
        [], lists: ["mine.txt": list], variables: ["UTTER_VOCABULARY_METHOD": "none"]
      ).output
        == Self.words + "\n")
    let json = try Self.transcribe(["--json"], lists: ["mine.txt": list]).output
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["raw"] as? String == Self.words)
    #expect(document["terms"] as? [String] == ["B709"])
    let words = try #require(document["words"] as? [[String: Any]])
    #expect(words.map { $0["word"] as? String } == ["B709", "four", "four", "seven"])
    let subtitles = try Self.transcribe(["--format", "srt"], lists: ["mine.txt": list]).output
    #expect(subtitles.contains("\nB709 four four seven\n"))
  }

  /// A list of the user's that is broken is told of; one that was asked for stops the command.
  @Test func brokenListsAreTold() throws {
    let lists = ["mine.txt": "x\tno=such\n", "other.old": "x\tno=such\n"]
    let outcome = try Self.transcribe([], lists: lists)
    #expect(outcome.output == Self.words + "\n" && outcome.code == 0)
    #expect(outcome.errors.contains("mine.txt:1:"))
    let asked = try Self.transcribe(["--vocabulary", "FOLDER/other.old"], lists: lists)
    #expect(asked.output == "" && asked.code == 65 && asked.errors.contains("other.old:1:"))
    #expect(try Self.transcribe(["--vocabulary", "/no/such.txt"]).code == 66)
  }

  @Test func rulesAreUsed() throws {
    #expect(try Self.transcribe(["--format-rules", "numbers"]).output == "709447\n")
    let variables = ["UTTER_FORMAT_NUMBERS": "true"]
    #expect(try Self.transcribe([], variables: variables).output == "709447\n")
    #expect(
      try Self.transcribe(["--format-rules", "none"], variables: variables).output == Self.words
        + "\n")
    #expect(try Self.transcribe(["--format-rules", "numbers,casing"]).output == "709447\n")
    #expect(try Self.transcribe(["--format-rules", "numbers,nonsense"]).code == 2)
  }
}
