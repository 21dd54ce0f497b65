/// Takes clips one after the other and compares the methods that wrote them.
///
/// What is kept of a clip are counts and texts, not its list, so that each may have one of its own.
package struct Scoring: Sendable {
  /// What the methods are called.
  package let methods: [String]
  private var scored: [ScoredClip] = []

  /// Compares methods; the first one knows no list.
  package init(methods: [String]) { self.methods = methods }

  /// Scores a clip, which has a text by every method.
  package mutating func add(_ clip: Clip) {
    scored.append(
      ScoredClip(
        name: clip.name, group: clip.group, reference: clip.reference, texts: clip.texts,
        listed: clip.terms.count, scores: ClipScores(clip)))
  }

  /// What was found in all clips up to now.
  ///
  /// Takes seconds for thousands of clips: figures are drawn and methods exchanged again and again.
  package func report() -> EvaluationReport { EvaluationReport(methods: methods, scored) }
}

/// What is kept of a clip.
struct ScoredClip {
  let name: String
  let group: String?
  let reference: String
  let texts: [String]
  /// How many terms were listed.
  let listed: Int
  let scores: ClipScores
}
