/// Writes a tokenizer as SentencePiece does (`ModelProto`), byte pairs only.
struct SentencePieceWriter {
  /// The role of a piece; raw values as in the file.
  enum Kind: UInt8 {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  private var pieces: [UInt8] = []
  private var byteCount = 0
  private var held: [(text: String, score: Float, kind: Kind)] = []

  /// Adds the piece with the next number.
  mutating func add(_ text: String, score: Float, _ kind: Kind) {
    held.append((text, score, kind))
    if kind == .byte { byteCount += 1 }
  }

  /// The file.
  ///
  /// - Parameter rules: What texts are normalised with, as SentencePiece compiles it; none for
  ///   leaving them as they are.
  /// - Returns: Its bytes.
  func bytes(rules: [UInt8]) -> [UInt8] {
    // Byte pieces count where there is one for each.
    let hasBytes = byteCount == 256
    var file: [UInt8] = []
    for piece in held {
      let kind = piece.kind == .byte && !hasBytes ? .normal : piece.kind
      var message: [UInt8] = []
      Self.add(&message, 1, Array(piece.text.utf8))
      message.append(2 << 3 | 5)
      message += (0..<4).map { UInt8(truncatingIfNeeded: piece.score.bitPattern >> (8 * $0)) }
      Self.add(&message, 3, Int(kind.rawValue))
      Self.add(&file, 1, message)
    }
    var trainer: [UInt8] = []
    Self.add(&trainer, 3, 2)
    Self.add(&trainer, 35, hasBytes ? 1 : 0)
    Self.add(&file, 2, trainer)
    var normalizer: [UInt8] = []
    if !rules.isEmpty { Self.add(&normalizer, 2, rules) }
    Self.add(&file, 3, normalizer)
    return file
  }

  /// The role that a piece's text tells.
  static func kind(of text: String, among count: Int) -> Kind {
    if text == "<unk>" { return .unknown }
    return isByte(text) && count >= 256 ? .byte : .normal
  }

  /// Whether a text is the name of a byte, such as `<0x4F>`.
  private static func isByte(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.count == 6 && text.hasPrefix("<0x") && text.hasSuffix(">")
      && bytes[3..<5].allSatisfy(digits.contains)
  }

  private static func add(_ message: inout [UInt8], _ field: Int, _ content: [UInt8]) {
    varint(&message, field << 3 | 2)
    varint(&message, content.count)
    message += content
  }

  private static func add(_ message: inout [UInt8], _ field: Int, _ number: Int) {
    varint(&message, field << 3)
    varint(&message, number)
  }

  private static func varint(_ message: inout [UInt8], _ value: Int) {
    var rest = value
    while rest >= 0x80 {
      message.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    message.append(UInt8(rest))
  }
}
