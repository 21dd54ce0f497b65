/// How terms are found in what was said.
package enum VocabularyMethod: String, Sendable, CaseIterable {
  /// Where words say them, and where the audio says them better than the words.
  case judged
  /// Where words say them, by their spoken forms alone.
  case text
  /// Where words say them, which recognition favours.
  case tree
  /// Not at all.
  case none
}

/// How the audio decides about terms.
package struct Judging: Hashable, Sendable {
  /// How sure it has to be.
  package var caution: Caution
  /// Nats by which a term's score has to be higher besides.
  package var floor: Int

  /// How sure it has to be, and how much more so.
  package init(_ caution: Caution, floor: Int = 0) { (self.caution, self.floor) = (caution, floor) }
}

/// How sure the audio has to be before a term takes the place of other words.
package enum Caution: String, Sendable, CaseIterable {
  /// Hardly ever is a term written that nobody said.
  case safe
  /// More terms are found, and more written that nobody said.
  case eager
}
