import Evaluation
import Foundation
import TestSupport
import Testing

/// Errors of words and characters are those of jiwer.
@Suite struct JiwerTests {
  /// A pair of texts and what jiwer counts in it.
  private struct Pair: Decodable {
    let reference: String
    let hypothesis: String
    let insertions: Int
    let deletions: Int
    let substitutions: Int
    let characterEdits: Int
    let characters: Int

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      reference = try row.decode(String.self)
      hypothesis = try row.decode(String.self)
      insertions = try row.decode(Int.self)
      deletions = try row.decode(Int.self)
      substitutions = try row.decode(Int.self)
      characterEdits = try row.decode(Int.self)
      characters = try row.decode(Int.self)
    }
  }

  @Test func thousandPairsCountTheSame() throws {
    let file = Fixtures.committed.appending(path: "evaluation/pairs.json")
    let pairs = try JSONDecoder().decode([Pair].self, from: Data(contentsOf: file))
    #expect(pairs.count == 1000)
    let rules = TextNormalizer(.none)
    for pair in pairs {
      let counts = RecordingScores(
        Compared.recording(0, pair.reference, [pair.hypothesis]), rules
      ).counts[0]
      #expect(counts.insertions == pair.insertions, "\(pair)")
      #expect(counts.deletions == pair.deletions, "\(pair)")
      #expect(counts.substitutions == pair.substitutions, "\(pair)")
      #expect(counts.edits == pair.insertions + pair.deletions + pair.substitutions)
      #expect(counts.characterEdits == pair.characterEdits, "\(pair)")
      #expect(counts.characters == pair.characters, "\(pair)")
    }
  }

  /// Where nothing is said, what is heard is put in; where nothing is heard, all is missing.
  @Test func emptyTextsCount() {
    let put = Compared.counts("", "some words")
    #expect(put.words == 0)
    #expect(put.insertions == 2)
    #expect(put.edits == 2)
    #expect(put.characters == 0)
    #expect(put.characterEdits == 10)
    let missing = Compared.counts("some words", " ")
    #expect(missing.words == 2)
    #expect(missing.deletions == 2)
    #expect(missing.edits == 2)
    #expect(Compared.counts("", "").edits == 0)
  }
}
