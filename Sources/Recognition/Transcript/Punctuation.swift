/// Punctuation as NeMo derives it from a vocabulary.
enum Punctuation {
  /// The marks that a tokenizer can write without a space before them.
  ///
  /// These are the characters of category P in all pieces that open no word and are not special,
  /// as `<unk>` and `[CLS]` are.
  static func marks(of tokenizer: Tokenizer) -> Set<Unicode.Scalar> {
    var marks: Set<Unicode.Scalar> = []
    for id in 0..<tokenizer.count {
      let piece = tokenizer.piece(id)
      let isSpecial =
        piece.hasPrefix("▁") || piece.hasPrefix("##")
        || (piece.hasPrefix("<") && piece.hasSuffix(">"))
        || (piece.hasPrefix("[") && piece.hasSuffix("]"))
      if !isSpecial { marks.formUnion(piece.unicodeScalars.filter(isMark)) }
    }
    return marks
  }

  /// Removes one white space before each mark.
  static func attach(_ marks: Set<Unicode.Scalar>, in text: String) -> String {
    var result = String.UnicodeScalarView()
    var space: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let space, !marks.contains(scalar) { result.append(space) }
      if isSpace(scalar) {
        space = scalar
      } else {
        space = nil
        result.append(scalar)
      }
    }
    if let space { result.append(space) }
    return String(result)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  /// White space of Python's regular expressions: Unicode's, and four separators of ASCII.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }
}
