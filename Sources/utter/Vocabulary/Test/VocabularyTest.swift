import Evaluation
import Formatting
import Recognition
import Vocabulary

/// What each method makes of recordings that were heard.
struct VocabularyTest {
  /// How terms are written.
  enum Method: String, CaseIterable {
    /// Without a list.
    case none
    /// Spoken forms in the words become terms.
    case text
  }

  /// What was found.
  let report: EvaluationReport
  /// Seconds that it took to load a list, on average.
  private(set) var loadSeconds = 0.0
  /// Seconds that it took to write terms into ten seconds of audio.
  private(set) var writeSeconds = 0.0

  /// Writes terms and compares.
  ///
  /// - Parameters:
  ///   - heard: Recordings with their transcripts.
  ///   - lists: Terms for all of them, beside those of their lines.
  ///   - field: What recordings are grouped by; nil for not at all.
  /// - Throws: `ListProblem` about a list in a line.
  init(_ heard: HeardManifest, lists: VocabularyFiles, by field: String?) throws {
    var scoring = Scoring(methods: Method.allCases.map(\.rawValue))
    let common = TermSet(lists.terms.map(\.spelling))
    let byList = Dictionary(grouping: heard.clips.indices) { heard.clips[$0].entry.vocabulary }
    var written: [Int: Clip] = [:]
    var (loading, writing) = (Duration.zero, Duration.zero)
    let clock = ContinuousClock()
    for (vocabulary, indices) in byList {
      let line = indices.map { heard.clips[$0].entry.line }.min() ?? 0
      let own = try VocabularyFiles.terms(
        of: VocabularyList(
          Array(vocabulary.joined(separator: "\n").utf8),
          file: "\(heard.manifest.path):\(line): vocabulary", origin: .request))
      let start = clock.now
      let rules = FormattingRules(terms: TermMatcher(lists.terms + own))
      loading += start.duration(to: clock.now)
      let terms = common.adding(own.map(\.spelling))
      for index in indices {
        let clip = heard.clips[index]
        let start = clock.now
        let text = Self.text(of: clip, rules)
        writing += start.duration(to: clock.now)
        written[index] = Clip(
          name: clip.entry.recording, group: field.flatMap { clip.entry.fields[$0] },
          seconds: clip.seconds, reference: clip.entry.text,
          texts: [clip.transcript.text, text], terms: terms)
      }
    }
    for index in heard.clips.indices { written[index].map { scoring.add($0) } }
    report = scoring.report()
    loadSeconds = loading / .seconds(1) / Double(byList.count)
    let seconds = heard.clips.reduce(0) { $0 + $1.seconds }
    writeSeconds = seconds > 0 ? writing / .seconds(1) * 10 / seconds : 0
  }

  /// The text as dictation writes it, with terms and no other rule.
  private static func text(of clip: HeardManifest.Clip, _ rules: FormattingRules) -> String {
    var formatter = Formatter(rules)
    return formatter.finish(SpokenWord.words(of: clip.transcript)).text
  }
}
