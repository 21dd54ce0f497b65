import Audio
import Evaluation
import Formatting
import Recognition
import Transcription
import Vocabulary

/// What each method makes of recordings whose words are known.
struct VocabularyTest {
  /// How terms are written.
  enum Method: String, CaseIterable {
    /// Without a list.
    case none
    /// Spoken forms in the words become terms.
    case text
    /// The same, with recognition that favours them.
    case tree
    /// The audio decides, and is to be sure.
    case safe
    /// The audio decides, and may err.
    case eager

    /// The judge that decides, where one does.
    var caution: Caution? { Caution(rawValue: rawValue) }
  }

  /// What was found.
  let report: EvaluationReport
  /// Seconds that it took to make a list ready, on average.
  let loadSeconds: Double
  /// Seconds that it took to write terms into ten seconds of audio, by the words and by each judge.
  private(set) var writeSeconds = 0.0
  private(set) var judgeSeconds: [Double] = []

  /// Recognises every recording, has each method write its terms, and compares.
  ///
  /// - Parameters:
  ///   - manifest: What to hear.
  ///   - lists: Terms for all of them, beside those of their lines.
  ///   - field: What recordings are grouped by; nil for not at all.
  ///   - recognizer: What hears it.
  ///   - progress: Called with the part of the recordings that is done.
  /// - Throws: `ListProblem` about a list in a line; `Failure` about a line.
  init(
    _ manifest: Manifest, lists: VocabularyFiles, by field: String?, with recognizer: Recognizer,
    progress: (_ part: Double) -> Void
  ) throws {
    let terms = ListedTerms(lists, model: recognizer.model, manifest: manifest.path)
    var scoring = Scoring(methods: Method.allCases.map(\.rawValue))
    var (writing, seconds) = (Duration.zero, 0.0)
    let clock = ContinuousClock()
    var reader = ManifestReader(manifest)
    while let (entry, samples) = try reader.next() {
      progress(Double(reader.count - 1) / Double(manifest.entries.count))
      let ready = try terms.ready(for: entry)
      let (transcript, judged, favoured) = try reader.naming(entry) {
        var transcriber = LongFormTranscriber(recognizer: recognizer, judges: ready.judges)
        try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
        let transcript = try transcriber.finish()
        guard let biasing = ready.biasing else {
          return (transcript, transcriber.judged, transcript)
        }
        var biased = LongFormTranscriber(recognizer: recognizer, biasing: biasing)
        try samples.withUnsafeBufferPointer { try biased.feed($0) }
        return (transcript, transcriber.judged, try biased.finish())
      }
      let length = Double(samples.count) / ManifestReader.rate
      let start = clock.now
      let text = Self.text(of: transcript, [], ready.rules)
      writing += start.duration(to: clock.now)
      seconds += length
      scoring.add(
        Clip(
          name: entry.recording, group: field.flatMap { entry.fields[$0] }, seconds: length,
          reference: entry.text,
          texts: [transcript.text, text, Self.text(of: favoured, [], ready.rules)]
            + Caution.allCases.indices.map { index in
              // Without terms, or a CTC head, nobody judges, and the words decide.
              let terms = index < judged.count ? judged[index] : []
              return Self.text(of: transcript, terms, ready.rules)
            },
          terms: ready.set))
    }
    report = scoring.report()
    loadSeconds = terms.loadSeconds
    guard seconds > 0 else { return }
    writeSeconds = writing / .seconds(1) * 10 / seconds
    judgeSeconds = terms.judgingSeconds.map { $0 * 10 / seconds }
  }

  /// The text as dictation writes it, with terms and no other rule.
  private static func text(
    of transcript: Transcript, _ judged: [JudgedTerm], _ rules: FormattingRules
  ) -> String {
    var formatter = Formatter(rules)
    return formatter.finish(SpokenWord.words(of: transcript, judged: judged)).text
  }
}
