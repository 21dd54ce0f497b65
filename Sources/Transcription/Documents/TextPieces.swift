/// A text in pieces, each made when it is asked for: what is written of hours of speech takes no
/// memory of its own.
package struct TextPieces: Sequence {
  private let pieces: AnySequence<String>

  /// A text of these pieces.
  init(_ pieces: some Sequence<String>) { self.pieces = AnySequence(pieces) }

  /// A text that is there already.
  init(_ text: String) { self.init(CollectionOfOne(text)) }

  /// Several texts, one behind the other.
  init(joining texts: TextPieces...) { self.init(texts.lazy.joined()) }

  /// A list of JSON, each element of which is a piece.
  init(jsonArray elements: some Sequence<String>) {
    self.init(
      joining: TextPieces("["),
      TextPieces(elements.enumerated().lazy.map { $0.offset == 0 ? $0.element : ",\($0.element)" }),
      TextPieces("]"))
  }

  /// Begins with the first piece.
  package func makeIterator() -> AnyIterator<String> { pieces.makeIterator() }
}
