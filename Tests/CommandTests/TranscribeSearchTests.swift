import Foundation
import TestSupport
import Testing

/// How tokens are searched for, and phrases that are favoured.
@Suite struct TranscribeSearchTests {
  private static let digits = Fixtures.committed.appending(path: "audio/digits_03.flac").path
  private static let words = "seven zero nine four four seven"

  private struct Document: Decodable {
    struct Alternative: Decodable {
      let text: String
      let score: Double
    }
    let text: String
    let alternatives: [Alternative]?
  }

  private func transcribe(
    _ arguments: [String], variables: [String: String] = [:]
  ) throws -> CommandRunner.Outcome {
    try CommandRunner.run(["transcribe", Self.digits] + arguments, environment: variables)
  }

  private func document(_ arguments: [String]) throws -> Document {
    let outcome = try transcribe(["--json"] + arguments)
    #expect(outcome.code == 0 && outcome.errors == "")
    return try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
  }

  @Test func alternativesAreWritten() throws {
    let found = try document(["--beam", "8", "--nbest", "3", "--format-rules", "numbers"])
    #expect(found.text == "709447")
    let alternatives = try #require(found.alternatives)
    #expect((2...3).contains(alternatives.count))
    #expect(alternatives[0].text == found.text)
    #expect(Set(alternatives.map(\.text)).count == alternatives.count)
    #expect(alternatives.map(\.score) == alternatives.map(\.score).sorted(by: >))
    #expect(try document(["--beam", "4"]).alternatives == nil)
  }

  @Test func aBeamHearsDigits() throws {
    for width in ["1", "4"] {
      #expect(try transcribe(["--beam", width]).output == Self.words + "\n")
    }
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    for arguments in [
      ["--beam", "0"], ["--beam", "33"], ["--nbest", "2", "--json"],
      ["--beam", "2", "--nbest", "3", "--json"], ["--beam", "2", "--nbest", "2"],
      ["--beam", "2", "--nbest", "2", "--json", "--channels", "split"],
    ] {
      #expect(try transcribe(arguments).code == 2, "\(arguments)")
    }
    let ctc = try transcribe(["--beam", "2", "--decoder", "ctc"])
    #expect(ctc.code == 65)
    #expect(ctc.errors.contains("CTC decoder has no beam search\nhint: leave --beam"))
  }

  /// What sounds like a listed term is heard as one where recognition favours it.
  @Test func aTreeFavoursTerms() throws {
    let list = ["--vocabulary", "Nine44\tspoken=nine four four"]
    let tree = ["UTTER_VOCABULARY_METHOD": "tree"]
    #expect(try transcribe(list, variables: tree).output == "seven zero Nine44 seven\n")
    #expect(
      try transcribe(["--beam", "4"] + list, variables: tree).output
        == "seven zero Nine44 seven\n")
    #expect(try transcribe(list + ["--decoder", "ctc"], variables: tree).code == 0)
    // Nothing of this is said.
    let other = ["--vocabulary", "unrelatedName"]
    #expect(try transcribe(other, variables: tree).output == Self.words + "\n")
  }
}
