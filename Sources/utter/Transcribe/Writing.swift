import Formatting
import Service
import Vocabulary

/// How texts of recordings are written.
struct Writing {
  /// Rules and replacements.
  let settings: FormattingSettings
  /// The terms of all lists.
  let terms: [Term]
  /// How sure the audio has to be of terms that the words do not say; nil where it is not asked.
  let judging: Judging?
  /// Whether recognition favours words that say them.
  let isBiased: Bool
  /// All of it, ready.
  let rules: FormattingRules
  /// Why lists of the user's cannot be used, which are left out.
  let problems: [String]

  /// Reads configuration and lists.
  ///
  /// - Parameters:
  ///   - vocabulary: Lists and terms that were given.
  ///   - formatRules: Rules that were given; nil for those of the configuration.
  /// - Throws: About what was given, and a configuration that cannot be read.
  init(_ vocabulary: [String], _ formatRules: FormattingRuleList?) throws {
    let given = try GivenVocabulary(vocabulary)
    let configuration = try Configuration.load()
    var settings = configuration.format.settings()
    if let formatRules { settings.rules = formatRules.rules }
    self.settings = settings
    judging = configuration.vocabulary.judging
    isBiased = configuration.vocabulary.isBiased
    guard configuration.vocabulary.isUsed else {
      (terms, problems) = ([], [])
      rules = FormattingRules(settings)
      return
    }
    let loaded = try vocabularyInForce(
      directory: workingDirectory(nil), request: given.lines, configuration: configuration)
    problems = loaded.problems.filter { $0.severity == .error }.map { "\($0)" }
    terms = loaded.terms
    rules = FormattingRules(
      settings, terms: loaded.matcher.isEmpty ? nil : loaded.matcher, judging: judging,
      biased: isBiased ? BiasedVocabulary(loaded.matcher) : nil)
  }
}
