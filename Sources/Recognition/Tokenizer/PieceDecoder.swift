/// Joins pieces into text.
struct PieceDecoder {
  /// What a piece contributes.
  private enum Surface {
    case nothing
    case byte(UInt8)
    case verbatim([UInt8])
    /// Text in which ▁ is already a space; `leadsWithSpace` if ▁ comes first.
    case text([UInt8], leadsWithSpace: Bool)
  }

  private let surfaces: [Surface]
  private let dropsLeadingSpace: Bool
  private let dropsAllLeadingSpaces: Bool

  /// Prepares the surface of every piece.
  init(_ table: PieceTable, _ model: SentencePieceModel) {
    let settings = model.normalization
    dropsLeadingSpace = settings.addDummyPrefix || settings.removeExtraWhitespaces
    dropsAllLeadingSpaces = settings.removeExtraWhitespaces
    surfaces = table.pieces.map { piece in
      // Where a reserved piece is spelt the same, the library takes that one.
      let kind = table.pieces[table.id(of: piece.bytes[...])].kind
      switch kind {
      case .control: return .nothing
      case .unknown: return .verbatim(model.unknownSurface)
      case .byte: return .byte(UInt8(PieceTable.byte(named: piece.bytes) ?? 0))
      case .normal, .userDefined, .unused:
        let leadsWithSpace = piece.bytes.starts(with: TextNormalizer.spaceMark)
        return .text(Self.unmark(piece.bytes), leadsWithSpace: leadsWithSpace)
      }
    }
  }

  /// The bytes of the text that ids spell; always valid UTF-8 if the pieces are.
  func decode(_ ids: some Sequence<Int>) -> [UInt8] {
    var text: [UInt8] = []
    var bytes: [UInt8] = []
    var atStart = true
    var droppedSpace = false
    for id in ids {
      if case .byte(let byte) = surfaces[id] {
        bytes.append(byte)
        continue
      }
      Self.flush(&bytes, into: &text)
      if droppedSpace || !text.isEmpty { atStart = false }
      droppedSpace = false
      switch surfaces[id] {
      case .nothing, .byte: break
      case .verbatim(let surface): text += surface
      case .text(let surface, let leadsWithSpace):
        let drops = atStart && dropsLeadingSpace && leadsWithSpace
        text += surface.dropFirst(drops ? 1 : 0)
        droppedSpace = drops && !dropsAllLeadingSpaces
      }
    }
    Self.flush(&bytes, into: &text)
    return text
  }

  /// Appends bytes as characters, U+FFFD for each one that belongs to none.
  private static func flush(_ bytes: inout [UInt8], into text: inout [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if let length = UTF8Bytes.characterLength(rest) {
        text += rest.prefix(length)
        rest.removeFirst(length)
      } else {
        text += UTF8Bytes.replacement
        rest.removeFirst()
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// A piece with its ▁ marks turned into spaces.
  private static func unmark(_ piece: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = piece[...]
    while let byte = rest.first {
      if rest.starts(with: TextNormalizer.spaceMark) {
        result.append(UInt8(ascii: " "))
        rest.removeFirst(TextNormalizer.spaceMark.count)
      } else {
        result.append(byte)
        rest.removeFirst()
      }
    }
    return result
  }
}
