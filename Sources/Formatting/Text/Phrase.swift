/// Pieces on their way to the text: where phrases may be taken back, the last one waits until the
/// next begins.
struct Phrase: Sendable {
  /// What is written for good.
  private(set) var assembly: Assembly
  private let mayBeTakenBack: Bool
  private var pieces: [Piece] = []
  private var isOver = false

  init(_ assembly: Assembly, mayBeTakenBack: Bool) {
    (self.assembly, self.mayBeTakenBack) = (assembly, mayBeTakenBack)
  }

  /// Takes a piece.
  ///
  /// - Parameters:
  ///   - piece: The piece.
  ///   - afterPause: Whether the speaker paused before it.
  mutating func append(_ piece: Piece, afterPause: Bool) {
    guard mayBeTakenBack else { return assembly.append(piece) }
    if (isOver || afterPause), !piece.text.isEmpty { flush() }
    pieces.append(piece)
    isOver = piece.endsSentence || piece.mark.contains { ".?!".contains($0) }
  }

  /// Takes the last phrase back.
  ///
  /// - Returns: Whether it began with a capital, which what follows inherits.
  mutating func takeBack() -> Bool {
    defer { (pieces, isOver) = ([], false) }
    guard let first = pieces.first else { return false }
    return first.kind == .word && first.text.first?.isUppercase ?? false
  }

  /// The whole text.
  mutating func finish() -> FormattedText {
    flush()
    assembly.finish()
    return assembly.result
  }

  private mutating func flush() {
    for piece in pieces { assembly.append(piece) }
    pieces = []
  }
}
