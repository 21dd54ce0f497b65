import Evaluation

/// Recordings with texts that somebody heard, for tests.
enum Compared {
  /// A recording of which the texts of all configurations are given.
  static func recording(
    _ number: Int, _ reference: String, _ texts: [String], seconds: Double = 3,
    fields: [String: String] = [:], terms: [String] = [], took: Double = 0.1
  ) -> ComparedRecording {
    ComparedRecording(
      number: number, name: "\(number).flac", seconds: seconds,
      entry: ManifestEntry(
        line: number + 1, recording: "\(number).flac", text: reference, vocabulary: terms,
        fields: fields),
      terms: TermSet(terms), heard: texts.map { HeardText(text: $0, seconds: took) })
  }

  /// What is counted in one text.
  static func counts(
    _ reference: String, _ text: String, _ rules: TextNormalizer.Rules = .none,
    fields: [String: String] = [:]
  ) -> Counts {
    RecordingScores(recording(0, reference, [text], fields: fields), TextNormalizer(rules)).counts[
      0]
  }

  /// A report of configurations that are called A, B and so on.
  static func report(
    _ recordings: [ComparedRecording], _ rules: TextNormalizer.Rules = .none,
    by fields: [String] = [], prices: Prices = Prices()
  ) -> ComparisonReport {
    let names = ["A", "B", "C"].prefix(recordings.first?.heard.count ?? 0)
    return ComparisonReport(
      configurations: Array(names), recordings, rules: TextNormalizer(rules), by: fields,
      prices: prices)
  }
}
