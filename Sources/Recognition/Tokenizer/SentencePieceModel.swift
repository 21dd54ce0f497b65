/// The parts of SentencePiece's `ModelProto` that encoding and decoding need.
struct SentencePieceModel {
  /// The role of a piece; raw values as in the file.
  enum Kind: UInt64 {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  /// How text is cut into pieces; raw values as in the file.
  enum Algorithm: UInt64 {
    case unigram = 1
    case bytePair, word, character
  }

  /// One entry of the vocabulary.
  struct Piece {
    var bytes: [UInt8] = []
    var score: Float = 0
    var kind = Kind.normal
  }

  /// How text is prepared before it is cut.
  struct Normalization {
    var characterMap: [UInt8] = []
    var addDummyPrefix = true
    var removeExtraWhitespaces = true
    var escapeWhitespaces = true
    var treatWhitespaceAsSuffix = false
  }

  var pieces: [Piece] = []
  var algorithm = Algorithm.unigram
  var byteFallback = false
  var unknownSurface = Array(" \u{2047} ".utf8)
  var normalization = Normalization()
  /// Bytes of all pieces.
  private var pieceBytes = 0

  // Far above what models have: thousands of pieces of a few bytes, and rules of 240 kB. A trie
  // takes some 40 bytes for each byte of the pieces.
  private static let pieceLimit = 131_072
  private static let pieceLengthLimit = 1_024
  private static let pieceBytesLimit = 1 << 20
  /// Pieces, settings, and what is not known.
  private static let fieldLimit = 1 << 18
  private static let rulesLimit = 8 << 20

  /// Parses a `.model` file.
  init(parsing bytes: [UInt8]) throws(TokenizerError) {
    var reader = WireReader(bytes, bytes.indices)
    var fields = 0
    while let (field, value) = try reader.next() {
      fields += 1
      guard fields <= Self.fieldLimit else { throw .excessive("more than 262,144 fields") }
      switch (field, value) {
      case (1, .bytes(let range)): try readPiece(bytes, range)
      case (2, .bytes(let range)): try readTrainer(bytes, range)
      case (3, .bytes(let range)): try readNormalizer(bytes, range)
      case (5, .bytes(let range)): try refuseDenormalizer(bytes, range)
      default: break
      }
    }
  }

  private mutating func readPiece(
    _ bytes: [UInt8], _ range: Range<Int>
  ) throws(TokenizerError) {
    var piece = Piece()
    var reader = WireReader(bytes, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let text)):
        try requirePiece(text)
        piece.bytes = Array(bytes[text])
      case (2, .fixed32(let bits)): piece.score = Float(bitPattern: bits)
      case (3, .varint(let number)):
        guard let kind = Kind(rawValue: number) else {
          throw .unsupported("piece \(pieces.count) has the unknown type \(number)")
        }
        piece.kind = kind
      default: break
      }
    }
    guard piece.score.isFinite else {
      throw .malformed("piece \(pieces.count) has a score that is no number")
    }
    pieceBytes += piece.bytes.count
    guard pieces.count < Self.pieceLimit else { throw .excessive("more than 131,072 pieces") }
    guard pieceBytes <= Self.pieceBytesLimit else {
      throw .excessive("pieces of more than 1 MiB in all")
    }
    pieces.append(piece)
  }

  /// Refuses what is longer than any piece.
  private func requirePiece(_ range: Range<Int>) throws(TokenizerError) {
    guard range.count <= Self.pieceLengthLimit else {
      throw .excessive("a piece of more than 1,024 bytes")
    }
  }

  private mutating func readTrainer(
    _ bytes: [UInt8], _ range: Range<Int>
  ) throws(TokenizerError) {
    var reader = WireReader(bytes, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (3, .varint(let number)):
        guard let algorithm = Algorithm(rawValue: number) else {
          throw .unsupported("its model type \(number) is unknown")
        }
        self.algorithm = algorithm
      case (24, .varint(let flag)): normalization.treatWhitespaceAsSuffix = flag != 0
      case (35, .varint(let flag)): byteFallback = flag != 0
      // The library reads this as a C string.
      case (44, .bytes(let text)):
        try requirePiece(text)
        unknownSurface = Array(bytes[text].prefix { $0 != 0 })
      default: break
      }
    }
  }

  private mutating func readNormalizer(
    _ bytes: [UInt8], _ range: Range<Int>
  ) throws(TokenizerError) {
    var reader = WireReader(bytes, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (2, .bytes(let map)):
        guard map.count <= Self.rulesLimit else {
          throw .excessive("normalisation rules of more than 8 MiB")
        }
        normalization.characterMap = Array(bytes[map])
      case (3, .varint(let flag)): normalization.addDummyPrefix = flag != 0
      case (4, .varint(let flag)): normalization.removeExtraWhitespaces = flag != 0
      case (5, .varint(let flag)): normalization.escapeWhitespaces = flag != 0
      default: break
      }
    }
  }

  private func refuseDenormalizer(
    _ bytes: [UInt8], _ range: Range<Int>
  ) throws(TokenizerError) {
    var reader = WireReader(bytes, range)
    while let (field, value) = try reader.next() {
      if case (2, .bytes(let map)) = (field, value), !map.isEmpty {
        throw .unsupported("it rewrites decoded text (denormalizer_spec)")
      }
    }
  }
}
