/// What a beam search asks of a network: scores behind any of several strings of tokens, each in a
/// slot of its own.
package protocol BeamHead {
  /// Scores at an encoder frame behind a string: V tokens, the blank, then one for each duration.
  mutating func logits(frame: Int, behind slot: Int) -> UnsafeBufferPointer<Float>
  /// Puts a string and another token into a slot.
  mutating func accept(_ token: Int, behind slot: Int, into other: Int)
}
