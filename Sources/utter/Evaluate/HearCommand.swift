import ArgumentParser
import Formatting
import Transcription
import Vocabulary

/// The process that hears recordings for `utter evaluate`, with one configuration.
struct HearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hear-recordings",
    abstract: "Hear recordings that another process names.", shouldDisplay: false)

  func run() throws {
    try reportingFailure {
      try HearingWorker(rules: Self.rules) { error in
        let failure = Failure(any: error)
        return HearingFailure(
          message: failure.message, advice: failure.hint, code: failure.code.rawValue)
      }.run()
    }
  }

  /// How texts are written, with a recording's own terms.
  private static func rules(_ means: HearingMeans, _ own: [String]) throws -> FormattingRules {
    let lines = means.terms + own
    let terms = try VocabularyFiles.terms(
      of: VocabularyList(
        Array(lines.joined(separator: "\n").utf8), file: "vocabulary", origin: .request))
    let matcher = terms.isEmpty ? nil : TermMatcher(terms)
    return FormattingRules(
      FormattingSettings(rules: Set(means.rules.compactMap(FormattingRule.init(rawValue:)))),
      terms: matcher,
      judging: means.caution.flatMap(Caution.init(rawValue:)).map {
        Judging($0, floor: means.floor)
      }, biased: means.isBiased ? matcher.flatMap { BiasedVocabulary($0) } : nil)
  }
}
