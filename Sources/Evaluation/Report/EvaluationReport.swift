/// What `utter vocabulary test` found: methods side by side.
package struct EvaluationReport: Encodable, Sendable {
  /// What the methods are called; the first one knows no list.
  package let methods: [String]
  /// The least and the largest number of terms that were listed for a recording.
  package let listed: ClosedRange<Int>
  /// All clips, and then by what they have in common, where that was asked for.
  package let groups: [ScoreGroup]
  /// By method, how often each term was written that was not said, the most frequent first.
  package let falseTerms: [String: [FalseTerm]]
  private let clips: [Text]

  /// A term that was written and not said.
  package struct FalseTerm: Encodable, Equatable, Sendable {
    package let term: String
    package let times: Int
  }

  /// What was written, for other programs that score.
  private struct Text: Encodable {
    let recording: String
    let reference: String
    let texts: [String: String]
  }

  private enum CodingKeys: String, CodingKey {
    case methods, listed, groups, clips
    case falseTerms = "false_terms"
  }

  init(methods: [String], _ scored: [ScoredClip]) {
    self.methods = methods
    let sizes = scored.map(\.listed)
    listed = (sizes.min() ?? 0)...(sizes.max() ?? 0)
    let byGroup = Dictionary(grouping: scored.filter { $0.group != nil }) { $0.group ?? "" }
    groups =
      [ScoreGroup(nil, methods: methods, scored.map(\.scores))]
      + byGroup.sorted { $0.key < $1.key }
      .map { ScoreGroup($0.key, methods: methods, $0.value.map(\.scores)) }
    falseTerms = Dictionary(
      uniqueKeysWithValues: methods.enumerated().map { index, method in
        (method, Self.tally(scored.flatMap { $0.scores.wrongTerms[index] }))
      })
    clips = scored.map { clip in
      Text(
        recording: clip.name, reference: clip.reference,
        texts: Dictionary(zip(methods, clip.texts)) { first, _ in first })
    }
  }

  private static func tally(_ terms: [String]) -> [FalseTerm] {
    Dictionary(grouping: terms) { $0 }.map { FalseTerm(term: $0.key, times: $0.value.count) }
      .sorted { ($1.times, $0.term) < ($0.times, $1.term) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(methods, forKey: .methods)
    try container.encode([listed.lowerBound, listed.upperBound], forKey: .listed)
    try container.encode(groups, forKey: .groups)
    try container.encode(falseTerms, forKey: .falseTerms)
    try container.encode(clips, forKey: .clips)
  }
}
