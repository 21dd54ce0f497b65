import Evaluation
import Formatting
import Recognition
import Vocabulary

/// The terms of recordings, made ready for each method; recordings that follow each other with the
/// same list share them.
final class ListedTerms {
  /// What is ready for a recording.
  struct Ready {
    /// Terms and what they look like in texts.
    let set: TermSet
    /// How words are written by their spoken forms alone.
    let rules: FormattingRules
    /// What recognition favours; nil for nothing.
    let biasing: Biasing?
    /// Those who ask the audio, in the order of `Caution`; none where nobody does.
    let judges: [TermJudge]
  }

  /// Seconds that it took to make a list ready, on average.
  var loadSeconds: Double { loading / .seconds(1) / Double(max(lists, 1)) }
  /// Seconds that the judges took, by caution.
  var judgingSeconds: [Double] {
    finished.enumerated().map { index, seconds in
      let judges = ready?.judges ?? []
      return seconds + (index < judges.count ? judges[index].seconds : 0)
    }
  }

  private let common: [Term]
  private let commonSet: TermSet
  private let model: SpeechModel
  private let path: String
  private var lines: [String]?
  private var ready: Ready?
  private var loading = Duration.zero
  private var lists = 0
  private var finished = Caution.allCases.map { _ in 0.0 }

  /// Terms for the recordings of a manifest.
  ///
  /// - Parameters:
  ///   - lists: Terms for all of them, beside those of their lines.
  ///   - model: What hears them.
  ///   - path: The manifest.
  init(_ lists: VocabularyFiles, model: SpeechModel, manifest path: String) {
    (common, commonSet) = (lists.terms, TermSet(lists.terms.map(\.spelling)))
    (self.model, self.path) = (model, path)
  }

  /// What is ready for a recording.
  ///
  /// - Throws: `ListProblem` about the list in its line.
  func ready(for entry: ManifestEntry) throws(ListProblem) -> Ready {
    if let ready, lines == entry.vocabulary { return ready }
    let own = try VocabularyFiles.terms(
      of: VocabularyList(
        Array(entry.vocabulary.joined(separator: "\n").utf8),
        file: "\(path):\(entry.line): vocabulary", origin: .request))
    finished = judgingSeconds
    let start = ContinuousClock.now
    let matcher = TermMatcher(common + own)
    let tokens = TermTokens(matcher)
    let new = Ready(
      set: commonSet.adding(own.map(\.spelling)), rules: FormattingRules(terms: matcher),
      biasing: BiasedVocabulary(matcher)?.biasing(for: model),
      judges: Caution.allCases.compactMap {
        FormattingRules(terms: matcher, judging: Judging($0), tokens: tokens).judge(for: model)
      })
    loading += start.duration(to: .now)
    lists += 1
    (ready, lines) = (new, entry.vocabulary)
    return new
  }
}
