internal import Foundation

/// Makes texts alike that differ in writing only, before their words are compared.
package struct TextNormalizer: Sendable {
  /// Which differences do not count.
  package enum Rules: String, CaseIterable, Sendable {
    /// Those that Whisper's English normaliser takes away: case, marks, fillers, contractions,
    /// titles, how numbers and money are written, British spellings.
    case english
    /// Case, punctuation and symbols, as with Whisper's normaliser for all languages; marks that
    /// belong to letters stay.
    case basic
    /// None but spaces.
    case none
  }

  /// Which differences do not count.
  package let rules: Rules
  private let english: EnglishNormalizer?

  /// Prepares rules, which takes some milliseconds.
  package init(_ rules: Rules) {
    self.rules = rules
    english = rules == .english ? EnglishNormalizer() : nil
  }

  /// The same rules for a recording in a language that they are made for; otherwise the basic ones.
  ///
  /// - Parameter language: As manifests name it, such as "en" or "de-AT"; nil where nobody says.
  /// - Returns: The rules that count.
  package func forLanguage(_ language: String?) -> TextNormalizer {
    guard rules == .english, let language, !Self.isEnglish(language) else { return self }
    return TextNormalizer(.basic)
  }

  private static func isEnglish(_ language: String) -> Bool {
    let name = language.lowercased()
    return ["en", "eng", "english"].contains(name.prefix { $0.isLetter })
  }

  /// The words that are compared.
  package func words(of text: String) -> [String] {
    switch rules {
    case .english: (english?.normalized(text) ?? text).scalarWords
    case .basic: Self.basic(text).scalarWords
    case .none: text.scalarWords
    }
  }

  private static let brackets = Rewrite("[<\\[][^>\\]]*[>\\]]", "")
  private static let parentheses = Rewrite("\\(([^)]+?)\\)", "")

  /// Lower case, without what stands in brackets.
  static func unbracketed(_ text: String) -> String {
    parentheses.apply(to: brackets.apply(to: text.lowercased()))
  }

  private static func basic(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in unbracketed(text).precomposedStringWithCompatibilityMapping.unicodeScalars {
      plain.append(scalar.isPunctuation || scalar.isSymbol ? " " : scalar)
    }
    return String(plain).lowercased()
  }
}

extension String {
  /// Words between spaces, also where a mark without a letter follows a space.
  var scalarWords: [String] {
    unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
  }
}

extension Unicode.Scalar {
  var isPunctuation: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  var isSymbol: Bool {
    switch properties.generalCategory {
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
    default: false
    }
  }

  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
