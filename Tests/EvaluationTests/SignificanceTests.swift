import Evaluation
import Foundation
import TestSupport
import Testing

/// The paired test finds what scipy's permutation test finds.
@Suite struct SignificanceTests {
  private struct Case: Decodable {
    let words: [Int]
    let first: [Int]
    let second: [Int]
    let p: Double
  }

  /// A text of so many words with so many errors in it, which may be more than there are words.
  private func text(_ words: Int, errors: Int) -> String {
    ((0..<words).map { $0 < errors ? "wrong" : "word\($0)" }
      + Array(repeating: "more", count: max(0, errors - words))).joined(separator: " ")
  }

  @Test func probabilitiesAreThoseOfScipy() throws {
    let file = Fixtures.committed.appending(path: "evaluation/significance.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    #expect(cases.count == 5)
    for one in cases {
      let recordings = one.words.indices.map { index in
        let words = one.words[index]
        return Compared.recording(
          index, text(words, errors: 0),
          [text(words, errors: one.first[index]), text(words, errors: one.second[index])])
      }
      let report = Compared.report(recordings)
      let difference = try #require(report.differences.first)
      let probability = try #require(difference.probability)
      // Four deviations of what is drawn ten thousand times.
      let deviation = (one.p * (1 - one.p) / 10_000).squareRoot()
      #expect(abs(probability - one.p) < 4 * deviation + 0.0003, "\(one.p) \(probability)")
      let errors = Double(one.second.reduce(0, +) - one.first.reduce(0, +))
      #expect(abs((difference.wer ?? 9) - errors / Double(one.words.reduce(0, +))) < 1e-12)
    }
  }
}
