/// Clips that are counted together, and how well each method wrote them.
package struct ScoreGroup: Encodable, Equatable, Sendable {
  /// What they have in common; nil for all clips.
  package let name: String?
  /// How many there are.
  package let recordings: Int
  /// How long they are together.
  package let seconds: Double
  /// How many words are said.
  package let words: Int
  /// How many terms are said.
  package let terms: Int
  /// By method.
  package let methods: [MethodScore]

  init(_ name: String?, methods: [String], _ scores: [ClipScores]) {
    let sum = scores.reduce(into: Counts()) { $0 += $1.counts[0] }
    self.name = name
    recordings = sum.clips
    seconds = sum.seconds
    words = sum.words
    terms = sum.said
    self.methods = methods.indices.map { MethodScore($0, of: methods, scores) }
  }
}
