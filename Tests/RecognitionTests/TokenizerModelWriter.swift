import Recognition

/// Writes small SentencePiece models, sound or not, for tests.
struct TokenizerModelWriter {
  /// The types of pieces, as numbered in the file.
  enum Kind: UInt8 {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  /// The bytes written so far.
  private(set) var bytes: [UInt8] = []

  /// Adds a piece.
  mutating func piece(_ text: String, _ score: Float = 0, _ kind: Kind = .normal) {
    var message = TokenizerModelWriter()
    message.field(1, Array(text.utf8))
    message.bytes += [2 << 3 | 5]
    message.bytes += (0..<4).map { UInt8(truncatingIfNeeded: score.bitPattern >> (8 * $0)) }
    message.field(3, number: UInt64(kind.rawValue))
    field(1, message.bytes)
  }

  /// Adds the settings: model type 1 (unigram), 2 (byte pair), 3 (word) or 4 (character).
  mutating func trainer(type: UInt64, byteFallback: Bool = false) {
    var message = TokenizerModelWriter()
    message.field(3, number: type)
    message.field(35, number: byteFallback ? 1 : 0)
    field(2, message.bytes)
  }

  /// Adds a field of bytes.
  mutating func field(_ number: UInt64, _ content: [UInt8]) {
    varint(number << 3 | 2)
    varint(UInt64(content.count))
    bytes += content
  }

  /// Adds a field with a number.
  mutating func field(_ field: UInt64, number: UInt64) {
    varint(field << 3)
    varint(number)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A model with an unknown piece, id 0, and normal ones, the best first.
  static func tokenizer(_ pieces: [String], type: UInt64 = 2) throws -> Tokenizer {
    var model = TokenizerModelWriter()
    model.piece("<unk>", 0, .unknown)
    for (index, piece) in pieces.enumerated() { model.piece(piece, -Float(index)) }
    model.trainer(type: type)
    return try Tokenizer(model: model.bytes)
  }
}
