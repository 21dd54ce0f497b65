internal import Foundation

/// The English normaliser of Whisper, which most published word error rates are measured with.
///
/// Radford and others, 2022, appendix C.
struct EnglishNormalizer: Sendable {
  private let spelling = AmericanSpelling()
  private let numbers = EnglishNumbers()

  /// The text in lower case, with words and numbers in one way of writing.
  func normalized(_ text: String) -> String {
    var text = TextNormalizer.unbracketed(text)
    for rewrite in Self.beforeSymbols { text = rewrite.apply(to: text) }
    text = numbers.normalized(Self.withoutSymbols(text))
    text = text.scalarWords.map(spelling.american).joined(separator: " ")
    for rewrite in Self.afterNumbers { text = rewrite.apply(to: text) }
    return text
  }

  private static let beforeSymbols: [Rewrite] =
    [Rewrite("\\b(hmm|mm|mhm|mmm|uh|um)\\b", ""), Rewrite("\\s+'", "'")]
    + words.map { Rewrite("\\b\($0.short)\\b", $0.long) }
    + endings.map { Rewrite("\($0.short)\\b", $0.long) }
    + [
      // Commas between digits, and full stops that are no decimal points.
      Rewrite("(\\d),(\\d)", "$1$2"), Rewrite("\\.([^0-9]|$)", " $1"),
    ]

  private static let afterNumbers = [
    // What numbers have not used.
    Rewrite("[.$¢€£]([^0-9])", " $1"), Rewrite("([^0-9])%", "$1 "),
  ]

  /// Contractions that are whole words, and titles.
  private static let words: [(short: String, long: String)] = [
    ("won't", "will not"), ("can't", "can not"), ("let's", "let us"), ("ain't", "aint"),
    ("y'all", "you all"), ("wanna", "want to"), ("kinda", "kind of"), ("sorta", "sort of"),
    ("dunno", "do not know"), ("gotta", "got to"), ("gonna", "going to"),
    ("i'ma", "i am going to"), ("imma", "i am going to"), ("woulda", "would have"),
    ("coulda", "could have"), ("shoulda", "should have"), ("cause", "because"),
    ("ma'am", "madam"), ("mr", "mister "), ("mrs", "missus "), ("st", "saint "),
    ("dr", "doctor "), ("prof", "professor "), ("capt", "captain "), ("gov", "governor "),
    ("ald", "alderman "), ("gen", "general "), ("sen", "senator "), ("rep", "representative "),
    ("pres", "president "), ("rev", "reverend "), ("hon", "honorable "), ("asst", "assistant "),
    ("assoc", "associate "), ("lt", "lieutenant "), ("col", "colonel "), ("jr", "junior "),
    ("sr", "senior "), ("esq", "esquire "),
  ]

  /// Contractions at the ends of words; those that say more come first.
  private static let endings: [(short: String, long: String)] = [
    ("'d been", " had been"), ("'s been", " has been"), ("'d gone", " had gone"),
    ("'s gone", " has gone"), ("'d done", " had done"), ("'s got", " has got"),
    ("n't", " not"), ("'re", " are"), ("'s", " is"), ("'d", " would"), ("'ll", " will"),
    ("'t", " not"), ("'ve", " have"), ("'m", " am"),
  ]

  /// Symbols that numbers are written with.
  private static let kept: Set<Unicode.Scalar> = [".", "%", "$", "¢", "€", "£"]

  /// Letters with a stroke, and two in one, which Unicode does not take apart.
  private static let letters: [Unicode.Scalar: String] = [
    "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "th", "ł": "l", "Ł": "L",
  ]

  private static func withoutSymbols(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      if kept.contains(scalar) {
        plain.append(scalar)
      } else if let letters = letters[scalar] {
        plain.append(contentsOf: letters.unicodeScalars)
      } else if scalar.properties.generalCategory == .nonspacingMark {
        continue
      } else {
        plain.append(scalar.isMark || scalar.isSymbol || scalar.isPunctuation ? " " : scalar)
      }
    }
    return String(plain)
  }
}
