/// What one piece does to words and times.
struct PieceTraits {
  /// The piece decoded alone.
  var text: String
  /// Whether the piece is spelt otherwise than its text: it has a ▁, or names a byte.
  var opensWord: Bool
  /// Whether its text is one punctuation mark.
  var isPunctuation: Bool
  /// Whether its text begins with a punctuation mark.
  var beginsWithPunctuation: Bool

  /// Looks at every piece of a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - punctuation: Its punctuation marks.
  /// - Returns: Traits by id.
  static func all(
    of tokenizer: Tokenizer, punctuation: Set<Unicode.Scalar>
  ) -> [PieceTraits] {
    (0..<tokenizer.count).map { id in
      let text = tokenizer.decode(CollectionOfOne(id))
      let begins = text.unicodeScalars.first.map(punctuation.contains) ?? false
      return PieceTraits(
        text: text,
        // Byte by byte: for `==` of strings, different spellings of a character are equal.
        opensWord: !text.utf8.elementsEqual(tokenizer.piece(id).utf8),
        isPunctuation: begins && text.unicodeScalars.count == 1,
        beginsWithPunctuation: begins)
    }
  }
}
