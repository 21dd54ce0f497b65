import Evaluation
import Foundation
import TestSupport
import Testing

/// Texts are made alike as Whisper's normalisers make them.
@Suite struct NormalizerTests {
  private static func rows() throws -> [[String]] {
    let file = Fixtures.committed.appending(path: "evaluation/normalized.json")
    return try JSONDecoder().decode([[String]].self, from: Data(contentsOf: file))
  }

  @Test func englishIsThatOfWhisper() throws {
    let rules = TextNormalizer(.english)
    let rows = try Self.rows()
    #expect(rows.count > 700)
    for row in rows {
      #expect(rules.words(of: row[0]).joined(separator: " ") == row[1], "\(row[0])")
    }
  }

  @Test func basicIsThatOfWhisper() throws {
    let rules = TextNormalizer(.basic)
    for row in try Self.rows() {
      #expect(rules.words(of: row[0]).joined(separator: " ") == row[2], "\(row[0])")
    }
  }

  @Test func noneLeavesWordsAlone() {
    #expect(
      TextNormalizer(.none).words(of: " Mr. O'Neil,\tit’s  5%\n") == [
        "Mr.", "O'Neil,", "it’s", "5%",
      ])
  }

  @Test(arguments: [nil, "en", "en-GB", "EN_us", "eng", "English"])
  func englishRulesAreForEnglish(_ language: String?) {
    #expect(TextNormalizer(.english).forLanguage(language).rules == .english)
  }

  @Test(arguments: ["de", "de-AT", "fr", "enm", "", "日本語"])
  func otherLanguagesGetBasicRules(_ language: String) {
    #expect(TextNormalizer(.english).forLanguage(language).rules == .basic)
    #expect(TextNormalizer(.none).forLanguage(language).rules == .none)
  }

  /// "1" and "one" are the same in English; in German "ein's" is no contraction.
  @Test func recordingsAreComparedByTheirLanguage() {
    #expect(Compared.counts("It's colour one.", "it is color 1", .english).edits == 0)
    #expect(
      Compared.counts("Hat's 2 zwei", "hat s zwei", .english, fields: ["lang": "de"]).edits == 1)
  }

  /// Whatever comes from outside, numbers of any size among it, is made something of.
  @Test func anyTextIsTaken() {
    let rules = TextNormalizer(.english)
    let digits = String(repeating: "9", count: 500)
    #expect(rules.words(of: digits) == [digits])
    // As there, what is below a thousand counts so many times.
    #expect(rules.words(of: "\(digits) million")[0].hasSuffix("998999000"))
    #expect(rules.words(of: String(repeating: "hundred ", count: 200)).count >= 1)
    var random = Seeded(3)
    let pieces = [
      "one", "hundred", ".", "$", "point", "'", "\u{0}", "\u{301}", "5", "%", "(", "[", " ", "٣",
      "and a half", "th", "\u{1F600}", "double", "percent", "minus",
    ]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        pieces[Int.random(in: pieces.indices, using: &random)]
      }.joined(separator: Bool.random(using: &random) ? " " : "")
      #expect(rules.words(of: text).allSatisfy { !$0.isEmpty })
    }
  }
}
