import Formatting
import TestSupport
import Testing
import Vocabulary

/// Words that come in pieces.
@Suite struct StreamTests {
  private static let rules = FormattingRules(
    Set(FormattingRule.allCases), replacements: ["my mail => me@example.org", "by the way => btw"],
    terms: [
      Term("handleDodoWebhookRetry", spoken: ["handle dodo web hook retry"]),
      Term("kubectl", spoken: ["cube control"]), Term("PostgreSQL", spoken: ["post gress"]),
      Term("user_id"),
    ])

  /// What rules are made of, with marks, so that anything may meet anything.
  private static let vocabulary = """
    snake camel all caps dub string user id handle dodo web hook retry cube control post gress \
    spell k u b e capital comma period new line paragraph open close paren dot dash equals \
    arrow of one two twenty six oh hundred thousand and point percent zero x f march third \
    at three thirty p m \
    um uh Um, um. scratch that Scratch that. over a the my mail by way hello world Hello, there. \
    the, user, id. minus version v five, K-U-B-E | || | to
    """.split(separator: " ").map(String.init)

  private static func sentence(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 1...24, using: &random)).map { _ in
      vocabulary[Int.random(in: 0..<vocabulary.count, using: &random)]
    }.joined(separator: " ")
  }

  /// Every cut of a dictation gives the same text, and what is settled stays.
  @Test(arguments: [
    "please call handle dodo web hook retry with snake user id over and go on",
    "it is at three thirty p m on march third twenty twenty six period new paragraph next",
    "spell k u b e | cube control || handle dodo | web hook retry",
    "we meet at five | scratch that we meet at six, um. Then go",
    "one twenty seven dot zero dot zero dot one colon eighty eighty",
    "x equals open paren y close paren snake all caps user id",
  ]) func everyCut(_ said: String) {
    let words = Saying(said).words
    let whole = Saying(said).written(Self.rules)
    for first in 0...words.count {
      for second in first...words.count {
        #expect(
          Self.text(of: words, cuts: [first, second]) == whole, "\(said): \(first), \(second)")
      }
    }
  }

  @Test func randomCuts() {
    var random = Seeded(7)
    for _ in 0..<500 {
      let said = Self.sentence(&random)
      let words = Saying(said).words
      var cuts: [Int] = []
      for place in 0...words.count where Bool.random(using: &random) { cuts.append(place) }
      #expect(
        Self.text(of: words, cuts: cuts) == Saying(said).written(Self.rules), "\(said): \(cuts)")
    }
  }

  /// Whatever rules are on, whatever the terms are, and however late the decoder is.
  @Test func randomCutsUnderRandomRules() {
    var random = Seeded(19)
    for _ in 0..<400 {
      let chosen = FormattingRule.allCases.filter { _ in Bool.random(using: &random) }
      let terms = (0..<Int.random(in: 0...6, using: &random)).map { number in
        let said = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Self.vocabulary[Int.random(in: 0..<Self.vocabulary.count, using: &random)]
        }
        return Term("term\(number)X", spoken: [said.joined(separator: " ")], guard: .off)
      }
      let rules = FormattingRules(Set(chosen), replacements: ["hello world => hi"], terms: terms)
      let said = Self.sentence(&random)
      let words = Saying(said).words
      let cuts = (0...words.count).filter { _ in Bool.random(using: &random) }
      let lag = Double.random(in: 0...3, using: &random)
      #expect(
        Self.text(of: words, cuts: cuts, rules, lag: lag) == Saying(said).written(rules),
        "\(said): \(cuts), \(lag), \(chosen), \(terms.map(\.spoken))")
    }
  }

  /// The text of words that come in pieces, each with all that is known of the audio by then, but
  /// for so many seconds.
  private static func text(
    of words: [SpokenWord], cuts: [Int], _ rules: FormattingRules = rules, lag: Double = 0
  ) -> String {
    var formatter = Formatter(rules)
    var settled = ""
    for cut in cuts {
      // What is known reaches up to the next word at most, and beyond the last one.
      let last = cut > 0 ? words[cut - 1].end : 0
      let next = cut < words.count ? words[cut].start : (words.last?.end ?? 0) + 5
      let known = max(last, next - lag)
      formatter.hear(Array(words[..<cut]), known: known)
      #expect(formatter.settled.hasPrefix(settled))
      settled = formatter.settled
      var guess = formatter
      #expect(guess.finish(words).text.hasPrefix(settled))
    }
    let text = formatter.finish(words)
    #expect(text.text.hasPrefix(settled))
    // The words are the text, and stand in the order in which they were said.
    let letters = { (text: String) in text.filter { !$0.isWhitespace } }
    #expect(letters(text.words.map(\.text).joined()) == letters(text.text))
    let neighbours = zip(text.words, text.words.dropFirst())
    #expect(neighbours.allSatisfy { $0.heard.upperBound <= $1.heard.lowerBound })
    return text.text
  }

  /// What is said for some time is settled, whatever might still follow.
  @Test(arguments: ["snake user id", "handle dodo", "twenty", "spell k u", "open", "zero x"])
  func silenceSettles(_ said: String) {
    let rules = FormattingRules(
      Set(FormattingRule.allCases).subtracting([.corrections]),
      terms: [Term("handleDodoWebhookRetry", spoken: ["handle dodo web hook retry"])])
    let words = Saying(said).words
    let end = words.last?.end ?? 0
    var formatter = Formatter(rules)
    formatter.hear(words, known: end + 1.4)
    let early = formatter.settled
    formatter.hear(words, known: end + 1.6)
    #expect(early.isEmpty)
    #expect(formatter.settled == Saying(said).written(rules))
  }

  /// A word may go on where a stretch of a recording began in the middle of it.
  @Test func wordsGoOn() {
    for rules in [FormattingRules(), .everything] {
      var formatter = Formatter(rules)
      var words = Saying("we hel").words
      formatter.hear(words, known: 1)
      words[1].text = "hello"
      formatter.hear(words, known: 2)
      words[1].text = "hello,"
      words += [SpokenWord("world", start: 2, end: 3)]
      #expect(formatter.finish(words).text == "we hello, world")
    }
  }

  /// Plain text comes out as it went in, and unrelated terms make no difference.
  @Test func plainTextStays() {
    var random = Seeded(11)
    let terms = (0..<500).map { Term("unrelated\($0)Name") }
    for rules in [FormattingRules(), FormattingRules([], terms: terms)] {
      for _ in 0..<200 {
        let words = Saying(Self.sentence(&random)).words
        var formatter = Formatter(rules)
        let text = formatter.finish(words).text
        #expect(text == words.map { $0.separator + $0.text }.joined())
        #expect(!formatter.hasChanges)
      }
    }
  }

  /// Anything at all may be said.
  @Test func anyTextIsTaken() {
    var random = Seeded(13)
    let scalars = Array("aZ09 .,'’-_/é😀\u{301}\u{200D}\u{0}\"()ß漢").map(String.init)
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        var text = Self.vocabulary[Int.random(in: 0..<Self.vocabulary.count, using: &random)]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          text += scalars[Int.random(in: 0..<scalars.count, using: &random)]
        }
        let times = [0, -1, 1e9, .infinity, .nan, Double.random(in: 0...9, using: &random)]
        return SpokenWord(
          text, separator: Bool.random(using: &random) ? " " : "",
          start: times[Int.random(in: 0..<times.count, using: &random)],
          end: times[Int.random(in: 0..<times.count, using: &random)])
      }
      var formatter = Formatter(Self.rules)
      formatter.hear(Array(words.prefix(words.count / 2)), known: .nan)
      let settled = formatter.settled
      #expect(formatter.finish(words).text.hasPrefix(settled))
    }
  }
}
