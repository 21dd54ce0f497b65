/// Text to token ids and back, as the SentencePiece library does it.
///
/// Reads byte-pair and unigram models; equality with the library is tested line by line.
package struct Tokenizer: Sendable {
  private enum Encoder {
    case bytePair(BytePairEncoder)
    case unigram(UnigramEncoder)
  }

  private let table: PieceTable
  private let normalizer: TextNormalizer
  private let encoder: Encoder
  private let decoder: PieceDecoder

  /// Reads a SentencePiece `.model` file.
  ///
  /// - Parameter model: The bytes of the file; they may be anything.
  /// - Throws: `TokenizerError` if they are not a model that this tokenizer can run.
  package init(model: [UInt8]) throws(TokenizerError) {
    let parsed = try SentencePieceModel(parsing: model)
    table = try PieceTable(parsed)
    normalizer = try TextNormalizer(parsed.normalization, userDefined: table.userDefined)
    decoder = PieceDecoder(table, parsed)
    switch parsed.algorithm {
    case .bytePair: encoder = .bytePair(BytePairEncoder(table))
    case .unigram:
      guard !table.text.isEmpty else { throw .malformed("there are no pieces to cut text into") }
      encoder = .unigram(UnigramEncoder(table))
    case .word, .character:
      throw .unsupported("it is a \(parsed.algorithm) model, neither bytePair nor unigram")
    }
  }

  /// The number of pieces, V.
  package var count: Int { table.pieces.count }

  /// A piece as the model spells it, such as `▁the` or `<0xE2>`.
  ///
  /// - Parameter id: A token id, 0 ..< `count`.
  /// - Returns: The piece.
  package func piece(_ id: Int) -> String {
    String(decoding: table.pieces[id].bytes, as: UTF8.self)
  }

  /// Whether a piece stands for one byte of a character outside the vocabulary.
  ///
  /// - Parameter id: A token id, 0 ..< `count`.
  /// - Returns: True for pieces such as `<0xE2>`.
  package func isByte(_ id: Int) -> Bool { table.pieces[id].kind == .byte }

  /// The text that token ids spell.
  ///
  /// Byte pieces join into UTF-8, with U+FFFD for every byte that belongs to no character. Control
  /// pieces vanish, the unknown piece becomes ` ⁇ ` unless the model says otherwise, and the space
  /// that encoding put in front goes.
  ///
  /// - Parameter ids: Token ids, each 0 ..< `count`.
  /// - Returns: The text, not normalised any further.
  package func decode(_ ids: some Sequence<Int>) -> String {
    String(decoding: decoder.decode(ids), as: UTF8.self)
  }

  /// The token ids that spell a text; nil where a character has no piece.
  package func encodeKnown(_ text: String) -> [Int]? {
    let ids = encode(text)
    return ids.contains(table.unknown) ? nil : ids
  }

  /// The token ids that spell a text.
  package func encode(_ text: String) -> [Int] {
    let normalized = normalizer.normalize(Array(text.utf8))
    let cuts =
      switch encoder {
      case .bytePair(let encoder): encoder.cut(normalized)
      case .unigram(let encoder): encoder.cut(normalized)
      }
    var ids: [Int] = []
    ids.reserveCapacity(cuts.count)
    for cut in cuts {
      if cut.id != table.unknown {
        ids.append(cut.id)
      } else if let byteIDs = table.byteIDs {
        ids += normalized[cut.range].map { byteIDs[Int($0)] }
      } else if ids.last != table.unknown {
        // A run of unknown characters is one token.
        ids.append(table.unknown)
      }
    }
    return ids
  }

  /// The text as the pieces see it, such as `▁hello▁world` for ` hello  world`.
  package func normalize(_ text: String) -> String {
    String(decoding: normalizer.normalize(Array(text.utf8)), as: UTF8.self)
  }
}
