/// Words that a rule took, and what it writes for them.
struct Match: Sendable, Equatable {
  /// How many words.
  let count: Int
  /// What is written.
  var piece: Piece

  /// What a rule writes whole.
  init(_ count: Int, _ piece: Piece) { (self.count, self.piece) = (count, piece) }

  /// What a rule writes, with the marks that stand round the words.
  ///
  /// - Parameters:
  ///   - count: Words that were taken.
  ///   - piece: What is written for them.
  ///   - reader: The words.
  init(_ count: Int, _ piece: Piece, in reader: WordReader) {
    self.init(count, piece)
    self.piece.text = reader.first.lead + piece.text
    self.piece.mark = reader.last(of: count).mark
  }
}
