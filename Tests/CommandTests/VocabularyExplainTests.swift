import Foundation
import TestSupport
import Testing

/// `utter vocabulary explain`, with a recording that says "three five nine two", of which the
/// shipped model hears "eight five nine two".
@Suite struct VocabularyExplainTests {
  private static let audio = Fixtures.committed.appending(path: "audio/digits_13.flac").path

  private struct Row: Decodable {
    let term: String
    let start, end: Double?
    let heard: String?
    let margin: Float?
    let verdict: String
    let other: String?
    let remedies: [String]
  }

  private func explain(
    _ terms: [String], caution: String = "safe", _ arguments: [String] = []
  ) throws -> [Row] {
    let outcome = try CommandRunner.run(
      ["vocabulary", "explain", Self.audio, "--json"] + terms.flatMap { ["--vocabulary", $0] }
        + arguments, environment: ["UTTER_VOCABULARY_CAUTION": caution])
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONDecoder().decode([Row].self, from: Data(outcome.output.utf8))
  }

  /// Each remedy for a term that was missed has it written.
  @Test func remediesHelp() throws {
    let rows = try explain(["threeFiveNine"], ["--term", "threeFiveNine"])
    let row = try #require(rows.first)
    #expect(rows.count == 1 && row.verdict == "unsure" && row.heard == "eight five nine")
    #expect(row.remedies.count == 2)
    for remedy in row.remedies {
      let text = try withTemporaryFolder { folder in
        let list = folder.appending(path: "list.txt")
        try "\(remedy)\n".write(to: list, atomically: true, encoding: .utf8)
        return try CommandRunner.run([
          "transcribe", Self.audio, "--vocabulary", list.path,
        ]).output
      }
      #expect(text == "threeFiveNine two\n", "\(remedy)")
    }
  }

  @Test func whatBecameOfTerms() throws {
    let written = try explain(["threeFiveNine", "sevenEightSix"], caution: "eager")
    #expect(written.map(\.term) == ["threeFiveNine"])
    #expect(written.first?.verdict == "written" && written.first?.remedies == [])
    let rows = try explain(
      ["threeFiveNine", "fiveNine", "Go"], caution: "eager",
      ["--term", "threeFiveNine", "--term", "Go"])
    #expect(rows.map(\.term) == ["threeFiveNine", "Go"])
    #expect(rows.last?.verdict == "words")
    let said = try explain(["fiveNine"])
    #expect(said.map(\.verdict) == ["said"])
  }

  @Test func whatCannotBeExplained() throws {
    let unknown = try CommandRunner.run(["vocabulary", "explain", Self.audio, "--term", "fooBar"])
    #expect(unknown.code == 66 && unknown.errors.contains("fooBar: on no list"))
    let words = try CommandRunner.run(
      ["vocabulary", "explain", Self.audio], environment: ["UTTER_VOCABULARY_METHOD": "text"])
    #expect(words.code == 69 && words.errors.contains("the words decide alone"))
  }
}
