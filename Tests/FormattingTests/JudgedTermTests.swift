import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Vocabulary

/// Terms that the audio says in place of words.
@Suite struct JudgedTermTests {
  private static let rules = FormattingRules(
    Set(FormattingRule.allCases), terms: [Term("userName"), Term("nameList"), Term("kubectl")])

  /// What a model hears that writes those words, a token every third frame.
  private static func transcript(_ text: String) throws -> Transcript {
    let file = Fixtures.repository.appending(path: "models/starter-en/tokenizer.model")
    let tokenizer = try Tokenizer(model: [UInt8](Data(contentsOf: file)))
    let tokens = tokenizer.encode(text).enumerated().map { index, id in
      Token(id: id, frame: 3 * index, duration: 2, logProbability: 0, confidence: 1)
    }
    return TranscriptBuilder(tokenizer: tokenizer, timing: .tdt).transcript(tokens: tokens)
  }

  /// A term in place of some words.
  private static func term(
    _ spelling: String, _ words: Range<Int>, of transcript: Transcript
  ) -> JudgedTerm {
    let words = transcript.words[words]
    return JudgedTerm(
      spelling: spelling, written: spelling,
      tokens: words[words.startIndex].tokens
        .lowerBound..<words[words.endIndex - 1].tokens
        .upperBound, margin: 1)
  }

  private static func written(
    _ text: String, _ terms: [(String, Range<Int>)]
  ) throws -> FormattedText {
    let transcript = try transcript(text)
    var formatter = Formatter(rules)
    return formatter.finish(
      transcript, judged: terms.map { term($0.0, $0.1, of: transcript) })
  }

  @Test func termsTakeThePlaceOfWords() throws {
    let text = try Self.written("and cube um controls please", [("kubectl", 1..<4)])
    #expect(text.text == "and kubectl please")
    #expect(text.terms == ["kubectl"])
    #expect(text.words.map(\.heard) == [0..<1, 1..<4, 4..<5])
  }

  /// No rule takes words of a term, nor does a term that the words say.
  @Test func termsBelongToNobodyElse() throws {
    #expect(
      try Self.written("open user name list", [("nameList", 2..<4)]).text == "open user nameList")
    #expect(try Self.written("open user name list", []).text == "open userName list")
    #expect(
      try Self.written("it is twenty one comma now", [("kubectl", 3..<5)]).text
        == "it is 20 kubectl now")
  }

  /// Terms that do not begin and end where words do are left out.
  @Test func onlyWholeWordsBecomeTerms() throws {
    let transcript = try Self.transcript("undertakers are here")
    let first = transcript.words[0].tokens
    #expect(first.count > 1)
    for tokens in [first.dropFirst(), first.dropLast(), 90..<91] {
      var formatter = Formatter(Self.rules)
      let part = JudgedTerm(
        spelling: "kubectl", written: "kubectl", tokens: tokens.startIndex..<tokens.endIndex,
        margin: 1)
      #expect(formatter.finish(transcript, judged: [part]).isAsHeard)
    }
  }

  /// Pieces of any size give the same text.
  @Test func everyCut() throws {
    let transcript = try Self.transcript("we open use or name and cube controls now um please")
    let judged = [
      Self.term("userName", 2..<5, of: transcript), Self.term("kubectl", 6..<8, of: transcript),
    ]
    let words = SpokenWord.words(of: transcript, judged: judged)
    var whole = Formatter(Self.rules)
    let text = whole.finish(words).text
    #expect(text == "we open userName and kubectl now please")
    // An utterance is judged as a whole, so that no cut is within a term.
    for cut in [0, 1, 2, 5, 6, 8, 9, 10] {
      var formatter = Formatter(Self.rules)
      formatter.hear(Array(words[..<cut]), known: cut == 0 ? 0 : words[cut - 1].end)
      #expect(text.hasPrefix(formatter.settled))
      #expect(formatter.finish(words).text == text, "\(cut)")
    }
  }
}
