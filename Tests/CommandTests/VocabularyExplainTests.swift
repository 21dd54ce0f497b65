import Foundation
import TestSupport
import Testing

/// `utter vocabulary explain`, with a recording that says "three five nine two", of which the
/// shipped model hears "eight five nine two".
@Suite struct VocabularyExplainTests {
  private static let audio = Fixtures.committed.appending(path: "audio/digits_13.flac").path

  private struct TokenPart: Decodable {
    let token: String
    let start: Double
    let margin: Float
  }

  private struct Row: Decodable {
    let term: String
    let start, end: Double?
    let heard: String?
    let margin: Float?
    let proposal: String?
    let tokens: [TokenPart]
    let lost: String?
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

  /// Nats are told for each token, of terms that are written and of those that are not, and those
  /// that were lost have a token where that was.
  @Test func everyTokenHasItsPart() throws {
    let lost = try #require(explain(["threeFiveNine"], ["--term", "threeFiveNine"]).first)
    let written = try #require(explain(["threeFiveNine"], caution: "eager").first)
    for row in [lost, written] {
      #expect(row.tokens.count >= 3 && row.tokens.first?.token.hasPrefix("▁") == true)
      let sum = row.tokens.reduce(0) { $0 + $1.margin }
      #expect(abs(sum - (row.margin ?? .infinity)) < 0.05)
      let times = row.tokens.map(\.start)
      #expect(times == times.sorted() && times.allSatisfy { $0 <= row.end ?? 0 })
    }
    // "three" was heard as "eight".
    let least = lost.tokens.min { $0.margin < $1.margin }
    #expect(lost.lost == least?.token && least?.start == lost.tokens[0].start)
    #expect(written.lost == nil && written.proposal == "audio")
    let text = try CommandRunner.run([
      "vocabulary", "explain", Self.audio, "--vocabulary", "threeFiveNine", "--term",
      "threeFiveNine",
    ]).output
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    #expect(line.contains("least of all \"\(lost.lost ?? "?")\""), "\(line)")
    #expect(line.split(separator: "\t").last?.split(separator: ",").count == lost.tokens.count)
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
    #expect(said.map(\.verdict) == ["said"] && said.first?.proposal == "words")
  }

  @Test func whatCannotBeExplained() throws {
    let unknown = try CommandRunner.run(["vocabulary", "explain", Self.audio, "--term", "fooBar"])
    #expect(unknown.code == 66 && unknown.errors.contains("fooBar: on no list"))
    let words = try CommandRunner.run(
      ["vocabulary", "explain", Self.audio], environment: ["UTTER_VOCABULARY_METHOD": "text"])
    #expect(words.code == 69 && words.errors.contains("the words decide alone"))
  }
}
