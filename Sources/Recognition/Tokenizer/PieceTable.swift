/// The vocabulary: pieces by id and ids by piece.
struct PieceTable {
  /// The pieces in id order.
  let pieces: [SentencePieceModel.Piece]
  /// Normal, user-defined and unused pieces, the ones that text can be cut into.
  let text: PieceTrie
  /// The user-defined ones among them.
  let userDefined: PieceTrie
  /// Unknown, control and byte pieces.
  let reserved: [[UInt8]: Int]
  /// The id of the unknown piece.
  let unknown: Int
  /// Ids of the 256 byte pieces, nil for a model without byte fallback.
  let byteIDs: [Int]?

  /// Files the pieces of a model, refusing what the library refuses.
  init(_ model: SentencePieceModel) throws(TokenizerError) {
    var text = PieceTrie()
    var userDefined = PieceTrie()
    var reserved: [[UInt8]: Int] = [:]
    var unknown: Int?
    var byteIDs = [Int](repeating: -1, count: 256)
    for (id, piece) in model.pieces.enumerated() {
      guard !piece.bytes.isEmpty else { throw .malformed("piece \(id) is empty") }
      let isNew: Bool
      switch piece.kind {
      case .normal, .unused:
        isNew = text.insert(piece.bytes, id: id)
      case .userDefined:
        isNew = text.insert(piece.bytes, id: id) && userDefined.insert(piece.bytes, id: id)
      case .unknown, .control, .byte:
        isNew = reserved.updateValue(id, forKey: piece.bytes) == nil
      }
      guard isNew else { throw .malformed("piece \(id) is there twice") }
      if piece.kind == .unknown {
        guard unknown == nil else { throw .malformed("piece \(id) is a second unknown piece") }
        unknown = id
      }
      if piece.kind == .byte {
        guard model.byteFallback else {
          throw .malformed("piece \(id) is a byte, but byte_fallback is off")
        }
        guard let byte = Self.byte(named: piece.bytes) else {
          throw .malformed("piece \(id) is not the name of a byte")
        }
        byteIDs[byte] = id
      }
    }
    guard let unknown else { throw .malformed("there is no unknown piece") }
    guard !model.byteFallback || !byteIDs.contains(-1) else {
      throw .malformed("byte_fallback is on, but not all 256 bytes are there")
    }
    pieces = model.pieces
    self.text = text
    self.userDefined = userDefined
    self.reserved = reserved
    self.unknown = unknown
    self.byteIDs = model.byteFallback ? byteIDs : nil
  }

  /// The id of a piece, the unknown id if there is none.
  func id(of bytes: ArraySlice<UInt8>) -> Int {
    reserved[Array(bytes)] ?? text.id(of: bytes) ?? unknown
  }

  /// The byte that a name such as `<0x4F>` stands for.
  static func byte(named name: [UInt8]) -> Int? {
    guard name.count == 6, name.starts(with: "<0x".utf8), name[5] == UInt8(ascii: ">") else {
      return nil
    }
    var value = 0
    for digit in name[3..<5] {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value * 16 + Int(digit) - 0x30
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value * 16 + Int(digit) - 0x37
      default: return nil
      }
    }
    return value
  }
}
