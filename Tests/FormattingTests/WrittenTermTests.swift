import Formatting
import TestSupport
import Testing
import Vocabulary

/// Texts in which terms are written already.
@Suite struct WrittenTermTests {
  private static let parts = [
    "dodo", "user", "HTTP", "id", "Cache", "2", "v2", "json", "i", "O", "C", "+", "#", ".js", "256",
  ]

  private static func term(_ random: inout Seeded) -> Term {
    let separator = ["", "_", "-", ".", "::", " "].randomElement(using: &random) ?? ""
    let words = (0..<Int.random(in: 1...3, using: &random)).map { index in
      let part = parts.randomElement(using: &random) ?? ""
      return separator.isEmpty && index > 0 ? part.prefix(1).uppercased() + part.dropFirst() : part
    }
    return Term(
      words.joined(separator: separator), weight: Double(Int.random(in: 1...3, using: &random)),
      guard: Bool.random(using: &random) ? .off : .automatic)
  }

  /// Whoever reads them again, as words of a transcript, finds nothing more to write.
  @Test func readAgainTheyStay() {
    var random = Seeded(31)
    for _ in 0..<(isDebug ? 100 : 1_000) {
      let terms = (0..<12).map { _ in Self.term(&random) }
      let said = (0..<6).map { _ in
        let form = terms.randomElement(using: &random)?.forms.randomElement(using: &random)
        return (form?.text ?? "well") + (["", ",", ".", "'s"].randomElement(using: &random) ?? "")
      }.joined(separator: " ")
      let rules = FormattingRules([], terms: terms)
      let once = Saying(said).written(rules)
      #expect(Saying(once).written(rules) == once, "\(said): \(terms.map(VocabularyList.line))")
    }
  }
}
