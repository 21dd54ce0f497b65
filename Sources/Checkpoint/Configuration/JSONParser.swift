/// Reads strict JSON into a `Document`.
///
/// Foundation's parser keeps the last of two equal keys and has no limit on depth; the header of a
/// weights file must not be read that way.
struct JSONParser {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var values = 0

  /// Why a text is not JSON, without its place.
  enum Mistake: Error {
    case text(String)
    case beyond(Limit)
  }

  /// Parses a whole text.
  ///
  /// - Parameter bytes: UTF-8; spaces may surround the value.
  /// - Returns: The value.
  /// - Throws: `Mistake` with the place of the first one.
  static func parse(_ bytes: UnsafeRawBufferPointer) throws(Mistake) -> Document {
    var parser = JSONParser(bytes: bytes)
    let document = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.mistake("text after its end") }
    return document
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private func mistake(_ what: String) -> Mistake {
    .text("JSON with \(what), at byte \(position)")
  }

  private mutating func value(depth: Int) throws(Mistake) -> Document {
    values += 1
    guard depth < Limit.nesting.most else { throw .beyond(.nesting) }
    guard values <= Limit.values.most else { throw .beyond(.values) }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try section(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func section(depth: Int) throws(Mistake) -> Document {
    position += 1
    var entries: [Document.Entry] = []
    var keys: Set<String> = []
    if skip("}") { return .section([]) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw mistake("a key that is no text") }
      let key = try text()
      guard keys.insert(key).inserted else { throw mistake("the key \(key) twice") }
      guard skip(":") else { throw mistake("no colon after a key") }
      entries.append(.init(key: key, value: try value(depth: depth + 1)))
    } while skip(",")
    guard skip("}") else { throw mistake("no end of an object") }
    return .section(entries)
  }

  private mutating func list(depth: Int) throws(Mistake) -> Document {
    position += 1
    var values: [Document] = []
    if skip("]") { return .list([]) }
    repeat { values.append(try value(depth: depth + 1)) } while skip(",")
    guard skip("]") else { throw mistake("no end of a list") }
    return .list(values)
  }

  private mutating func text() throws(Mistake) -> String {
    position += 1
    var units: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw mistake("a control character") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        units.append(contentsOf: try escape().utf8)
      } else {
        units.append(byte)
      }
    }
    guard skip("\"", afterSpace: false) else { throw mistake("no end of a text") }
    guard let text = String(validating: units, as: UTF8.self) else {
      throw mistake("text that is not UTF-8")
    }
    return text
  }

  private mutating func escape() throws(Mistake) -> Unicode.Scalar {
    let byte = peek
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xd800..<0xdc00).contains(code), skip("\\", afterSpace: false),
        skip("u", afterSpace: false)
      {
        let low = try hexadecimal()
        guard (0xdc00..<0xe000).contains(low) else { throw mistake("half a surrogate pair") }
        code = 0x1_0000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw mistake("half a surrogate pair") }
      return scalar
    default: throw mistake("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(Mistake) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch peek {
      case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
        digit = byte - UInt8(ascii: "0")
      case let byte? where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20):
        digit = (byte | 0x20) - UInt8(ascii: "a") + 10
      default: throw mistake("a damaged escape")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  private mutating func number() throws(Mistake) -> Document {
    let start = position
    _ = skip("-", afterSpace: false)
    let leadingZero = peek == UInt8(ascii: "0")
    let whole = skipDigits()
    guard whole == 1 || whole > 1 && !leadingZero else {
      throw mistake("something that is no value")
    }
    var isInteger = true
    if skip(".", afterSpace: false) {
      isInteger = false
      guard skipDigits() > 0 else { throw mistake("a damaged number") }
    }
    if skip("e", afterSpace: false) || skip("E", afterSpace: false) {
      isInteger = false
      if !skip("+", afterSpace: false) { _ = skip("-", afterSpace: false) }
      guard skipDigits() > 0 else { throw mistake("a damaged number") }
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(digits) { return .integer(integer) }
    guard let number = Double(digits) else { throw mistake("a damaged number") }
    return .number(number)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func word(_ word: String, _ value: Document) throws(Mistake) -> Document {
    guard bytes[position...].starts(with: word.utf8) else {
      throw mistake("something that is no value")
    }
    position += word.utf8.count
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      position += 1
    }
  }

  private mutating func skip(_ character: Unicode.Scalar, afterSpace: Bool = true) -> Bool {
    if afterSpace { skipSpace() }
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}

extension FileRegion {
  /// The error for a text in this file that is not JSON.
  ///
  /// - Parameters:
  ///   - mistake: What is wrong with it.
  ///   - place: What the text is, as far as that is not the whole file, up to the verb.
  /// - Returns: The error.
  func error(_ mistake: JSONParser.Mistake, in place: String = "") -> CheckpointError {
    switch mistake {
    case .text(let reason): malformed(place + reason)
    case .beyond(let limit): .excessive(path: file.path, limit)
    }
  }
}
