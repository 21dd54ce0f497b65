/// Cuts text into the pieces whose scores add up highest.
///
/// Sums are in single precision from left to right, as in SentencePiece 0.2.3: rounding decides
/// between cuts such as `0|00` and `00|0`. Versions up to 0.2.1 compare in double precision and
/// cut a few such runs the other way.
struct UnigramEncoder {
  /// What an unknown character costs below the worst piece; the library's constant.
  private static let unknownPenalty: Float = 10

  private let table: PieceTable
  private let unknownScore: Float
  private let highestScore: Float

  /// The best way found to cut the text up to one position.
  private struct Path {
    var id = -1
    var score: Float = 0
    var start = -1
  }

  /// Encodes with the scores of a vocabulary.
  init(_ table: PieceTable) {
    self.table = table
    var lowest = Float.greatestFiniteMagnitude
    // The library starts from the smallest positive number, not from the lowest one.
    var highest = Float.leastNormalMagnitude
    for piece in table.pieces where piece.kind == .normal {
      lowest = min(lowest, piece.score)
      highest = max(highest, piece.score)
    }
    unknownScore = lowest - Self.unknownPenalty
    highestScore = highest
  }

  /// Cuts normalised text into pieces.
  func cut(_ text: [UInt8]) -> [Cut] {
    var paths = [Path](repeating: Path(), count: text.count + 1)
    var start = 0
    while start < text.count {
      let length = min(UTF8Bytes.announcedLength(text[start]), text.count - start)
      let scoreSoFar = paths[start].score
      var coversCharacter = false
      var node = PieceTrie.root
      var end = start
      while end < text.count, let next = table.text.child(of: node, text[end]) {
        node = next
        end += 1
        guard let id = table.text.value(at: node), table.pieces[id].kind != .unused else {
          continue
        }
        let sum = score(of: id, length: end - start) + scoreSoFar
        if paths[end].start < 0 || sum > paths[end].score {
          paths[end] = Path(id: id, score: sum, start: start)
        }
        if end - start == length { coversCharacter = true }
      }
      if !coversCharacter {
        let sum = unknownScore + scoreSoFar
        if paths[start + length].start < 0 || sum > paths[start + length].score {
          paths[start + length] = Path(id: table.unknown, score: sum, start: start)
        }
      }
      start += length
    }

    var result: [Cut] = []
    var end = text.count
    while end > 0 {
      result.append(Cut(range: paths[end].start..<end, id: paths[end].id))
      end = paths[end].start
    }
    return result.reversed()
  }

  /// A piece's score; user-defined pieces outbid everything of their length.
  private func score(of id: Int, length: Int) -> Float {
    table.pieces[id].kind == .userDefined
      ? Float(length) * highestScore - 0.1 : table.pieces[id].score
  }
}
