/// What a decoder carries from one stretch of a recording to the next.
///
/// A value: a copy goes on from the same place, whatever becomes of the original. Recordings begin
/// with `SpeechModel.start`, and only the model that it comes from can read it.
package struct DecoderState: Sendable, Equatable {
  /// The frame of the recording that is decoded next; tokens have frames counted from there.
  ///
  /// Decoding moves it on. Whoever leaves frames out sets it to the next one that is decoded.
  package var frame = 0
  /// The phrases that recognition favours, and what came of one; nil for none.
  package var biasing: Biasing?
  /// The prediction network's hidden and cell states and its projected output, which a CTC head
  /// does without: `[layers, H]`, `[layers, H]`, `[J]`.
  private(set) var values: [Float]

  init(values: [Float] = []) { self.values = values }

  /// Becomes a copy of another state of the same model, in the memory that this one has.
  mutating func restart(from other: DecoderState) {
    (frame, biasing) = (other.frame, other.biasing)
    values.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: other.values) }
  }

  /// Where a search begins among the phrases that are favoured.
  ///
  /// - Parameter room: Room for the scores of all tokens.
  /// - Returns: nil for no phrases.
  func cursor(_ room: UnsafeMutablePointer<Float>) -> BiasingCursor? {
    biasing.map { BiasingCursor($0, room: room) }
  }

  /// Keeps where a search ended among them.
  mutating func keep(_ cursor: BiasingCursor?) {
    if let cursor { biasing?.move(to: cursor) }
  }

  /// Lets a search change the values where they lie; nothing is copied unless a copy was made.
  mutating func withMemory<Result>(
    of decoder: TransducerDecoder, _ body: (TransducerMemory) -> Result
  ) -> Result? {
    assert(values.count == decoder.memoryCount)
    return values.withUnsafeMutableBufferPointer { values in
      values.baseAddress.map { body(TransducerMemory($0, of: decoder)) }
    }
  }
}
