import Formatting
import Vocabulary

/// Words as somebody says them: "|" is a pause of 0.7 s, "||" silence of 2 s.
struct Saying {
  private(set) var words: [SpokenWord] = []

  init(_ text: String) {
    var time = 0.0
    for part in text.split(separator: " ") {
      switch part {
      case "|": time += 0.7
      case "||": time += 2
      default:
        let separator = words.isEmpty ? "" : " "
        words.append(
          SpokenWord(String(part), separator: separator, start: time, end: time + 0.25))
        time += 0.3
      }
    }
  }

  /// The text that is written.
  func written(_ rules: FormattingRules) -> String { formatted(rules).text }

  func formatted(_ rules: FormattingRules) -> FormattedText {
    var formatter = Formatter(rules)
    return formatter.finish(words)
  }
}

extension FormattingRules {
  /// Rules with terms that are spelled as they are.
  init(
    _ rules: Set<FormattingRule>, replacements: [String] = [], terms: [Term] = []
  ) {
    self.init(
      FormattingSettings(
        rules: rules, replacements: replacements.compactMap(PhraseReplacement.init)),
      terms: terms.isEmpty ? nil : TermMatcher(terms))
  }

  static let everything = FormattingRules(Set(FormattingRule.allCases))
}
