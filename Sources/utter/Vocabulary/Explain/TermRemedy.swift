import Formatting
import Vocabulary

/// What would have a term written where it was not.
enum TermRemedy {
  /// The greatest weight of a line.
  private static let mostWeight = 100.0

  /// Lines of a list, each of which is enough by itself; none for a term that is written.
  static func lines(for account: TermAccount, of term: Term) -> [String] {
    switch account.verdict {
    case .said, .written, .taken, .doubtful: []
    case .unsure: [weighted(term, account.weight), spoken(term, account.words)].compactMap(\.self)
    case .rival, .english: [spoken(term, account.words)].compactMap(\.self)
    }
  }

  /// The term with the weight that makes up for what the audio says too little.
  private static func weighted(_ term: Term, _ factor: Double) -> String? {
    var heavier = term
    heavier.weight = (term.weight * factor * 100).rounded(.up) / 100
    return heavier.weight > mostWeight ? nil : VocabularyList.line(of: heavier)
  }

  /// The term with what was heard as words that say it, which have to mean nothing else then.
  private static func spoken(_ term: Term, _ words: [String]) -> String? {
    guard let form = HeardForm(words) else { return nil }
    var spoken = term
    spoken.spoken.append(form.text)
    for protection in [term.guard, .off] {
      spoken.guard = protection
      let matches = TermMatcher([spoken]).matches(in: words)
      if matches.contains(where: { $0.words == 0..<words.count }) {
        return VocabularyList.line(of: spoken)
      }
    }
    return nil
  }
}
