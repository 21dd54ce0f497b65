import Foundation
import TestSupport
import Testing

/// `utter vocabulary test`, with recordings of digits that the shipped model hears well.
@Suite struct VocabularyTestTests {
  private static let audio = Fixtures.committed.appending(path: "audio").path

  /// Says "seven zero nine four four seven".
  private static let withTerm = """
    {"audio_filepath": "\(audio)/digits_03.flac", "text": "seven zero Nine44 seven", \
    "vocabulary": ["Nine44\\tspoken=nine four four"], "kind": "term"}
    """
  /// Says "two seven nine zero eight five zero".
  private static let trap = """
    {"audio_filepath": "\(audio)/digits_12.flac", \
    "text": "two seven nine zero eight five zero", "kind": "trap"}
    """

  private func test(
    _ manifest: String, name: String = "set.jsonl", list: String? = nil, _ arguments: [String] = []
  ) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: name)
      try manifest.write(to: file, atomically: true, encoding: .utf8)
      var arguments = ["vocabulary", "test", file.path] + arguments
      if let list {
        let path = folder.appending(path: "list.txt")
        try list.write(to: path, atomically: true, encoding: .utf8)
        arguments += ["--vocabulary", path.path]
      }
      return try CommandRunner.run(arguments)
    }
  }

  private struct Document: Decodable {
    struct Scores: Decodable {
      let listed: [Int]
      let groups: [Group]
      let clips: [Clip]
    }
    struct Group: Decodable {
      let name: String?
      let recordings: Int
      let methods: [Method]
    }
    struct Method: Decodable {
      let method: String
      let recall: Figure?
      let precision: Figure?
      let false_writes: Int
      let damaged_words: Int
      let changed_recordings: Int
    }
    struct Figure: Decodable {
      let value: Double
    }
    struct Clip: Decodable {
      let texts: [String: String]
    }
    let scores: Scores
  }

  private func document(_ outcome: CommandRunner.Outcome) throws -> Document {
    #expect(outcome.errors == "")
    #expect(outcome.code == 0)
    return try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
  }

  @Test func methodsStandSideBySide() throws {
    let found = try document(
      test(
        "\(Self.withTerm)\n\(Self.trap)\n", list: "# for all\nZero8\tspoken=zero eight\n",
        ["--json", "--by", "kind"])
    ).scores
    #expect(found.listed == [1, 2])
    #expect(found.groups.map(\.name) == [nil, "term", "trap"])
    #expect(found.groups.map(\.recordings) == [2, 1, 1])
    let methods = found.groups[0].methods
    let (none, text) = (methods[0], methods[1])
    #expect(methods.map(\.method) == ["none", "text", "tree", "safe", "eager"])
    #expect(none.recall?.value == 0)
    #expect(none.precision == nil)
    #expect(none.changed_recordings == 0)
    #expect(text.recall?.value == 1)
    #expect(text.precision?.value == 0.5)
    #expect(text.false_writes == 1)
    #expect(text.damaged_words == 2)
    #expect(text.changed_recordings == 2)
    #expect(found.clips[0].texts["none"] == "seven zero nine four four seven")
    #expect(found.clips[0].texts["text"] == "seven zero Nine44 seven")
    #expect(found.clips[0].texts["tree"] == "seven zero Nine44 seven")
    #expect(found.clips[1].texts["text"] == "two seven nine Zero8 five zero")
  }

  /// A list that nobody says anything of leaves every byte alone.
  @Test func unrelatedTermsChangeNothing() throws {
    let list = (0..<500).map { "unrelatedName\($0)\n" }.joined()
    let found = try document(test(Self.trap, list: list, ["--json"])).scores
    #expect(found.listed == [500, 500])
    #expect(found.groups[0].methods[1].changed_recordings == 0)
    #expect(found.clips[0].texts["none"] == found.clips[0].texts["text"])
  }

  @Test func partsOfRecordingsAreHeard() throws {
    let whole = Self.trap.dropLast()
    let found = try document(
      test(
        "\(whole), \"duration\": 0.2}\n\(whole), \"offset\": 0.2, \"duration\": null}", ["--json"])
    ).scores
    let texts = found.clips.compactMap { $0.texts["none"] }
    #expect(texts[0].count < texts[1].count)
    #expect(texts[1].hasSuffix("eight five zero"))
  }

  @Test func peopleGetTables() throws {
    let outcome = try test(Self.withTerm)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("1 recordings, "))
    #expect(outcome.output.contains("\nmethod "))
    #expect(outcome.output.contains("\ntext "))
  }

  @Test func mistakesAreNamedWithTheirLine() throws {
    let wrong = try test("\(Self.trap)\n{\"text\": \"x\"}")
    #expect(wrong.errors.contains("set.jsonl:2: has no \"audio_filepath\"\nhint: "))
    #expect(wrong.code == 65)
    let missing = try test(#"{"audio_filepath": "none.wav", "text": "x"}"#)
    #expect(missing.errors.contains("set.jsonl:1: there is no recording "))
    #expect(missing.code == 66)
    let empty = try test("\n")
    #expect(empty.errors.contains("names no recordings"))
    #expect(empty.code == 65)
    let late = try test("\(Self.trap.dropLast()), \"offset\": 60}")
    #expect(late.errors.contains("set.jsonl:1: \"offset\" lies behind the recording"))
    #expect(late.code == 65)
    let unknown = try test(Self.trap, ["--by", "speaker"])
    #expect(unknown.errors.contains("no line has the field speaker"))
    #expect(unknown.code == 2)
    let list = try test(Self.trap, list: "fine\nTerm\tspoken\n")
    #expect(list.errors.contains("list.txt:2:"))
    #expect(list.code == 65)
    let own = try test(#"\#(Self.trap.dropLast()), "vocabulary": ["a", "Term\tspoken"]}"#)
    #expect(own.errors.contains("set.jsonl:1: vocabulary:2:"))
    #expect(own.code == 65)
    #expect(try CommandRunner.run(["vocabulary", "test", "/no/such.jsonl"]).code == 66)
    let damaged = try withTemporaryFolder { folder in
      let file = folder.appending(path: "text.wav")
      try Data("no recording".utf8).write(to: file)
      return try test(#"{"audio_filepath": "\#(file.path)", "text": "x"}"#)
    }
    #expect(damaged.errors.contains("set.jsonl:1: "))
    #expect(damaged.code == 65)
  }

  @Test func listsForLibriSpeechNeedTheirFolder() throws {
    let line = "digits_12\ttwo seven nine zero eight five zero\t[\"eight\"]\t[\"eight\", \"myles\"]"
    let outcome = try test(
      line, name: "lists.tsv", ["--recordings", Self.audio, "--json"])
    let method = try #require(try document(outcome).scores.groups.first?.methods.first)
    #expect(method.recall?.value == 1)
    #expect(method.precision?.value == 1)
    let missing = try test(line, name: "lists.tsv")
    #expect(missing.errors.contains("--recordings"))
    #expect(missing.code == 66)
  }
}
