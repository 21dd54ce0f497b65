/// Steps through the bytes of a TOML file, over what means nothing by itself.
struct TOMLScanner {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let bytes: [UInt8]
  var position: Int

  /// Starts behind the mark that some editors put first.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
  }

  /// The next byte, or one that follows it; nil at the end.
  func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  /// Whether the next bytes are these.
  func sees(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[position...].starts(with: $0) }
  }

  /// Steps over these bytes where they are next.
  mutating func skip(_ text: StaticString) -> Bool {
    guard sees(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// Steps over spaces and tabs.
  mutating func skipBlanks() {
    while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
      position += 1
    }
  }

  /// Steps over the end of a line, which is a line feed, or a carriage return with one.
  mutating func skipNewline() -> Bool { skip("\n") || skip("\r\n") }

  /// Steps over a comment, up to the end of its line.
  mutating func skipComment() throws(TOMLError) {
    guard sees("#") else { return }
    let start = position
    while let byte = peek(), byte != UInt8(ascii: "\n"), !sees("\r\n") {
      try refuseControl(byte)
      position += 1
    }
    guard String(validating: bytes[start..<position], as: UTF8.self) != nil else {
      throw mistake("a comment that is not UTF-8 text", at: start)
    }
  }

  /// Steps over blanks, comments and ends of lines.
  mutating func skipSpace() throws(TOMLError) {
    repeat {
      skipBlanks()
      try skipComment()
    } while skipNewline()
  }

  /// Steps to the end of a line on which nothing but a comment may follow.
  mutating func finishLine(after what: StaticString) throws(TOMLError) {
    skipBlanks()
    try skipComment()
    guard position == bytes.count || sees("\n") || sees("\r\n") else {
      throw mistake("\(next) after \(what)")
    }
  }

  /// Reads letters, digits, `-` and `_`.
  mutating func bareWord() -> String {
    let start = position
    while let byte = peek(), Self.isBare(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads what a value without quotes is written with.
  mutating func valueWord() -> [UInt8] {
    let start = position
    skipWord()
    // Between a date and a time there may be a space.
    if sees(" "), peek(1).map({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) ?? false,
      TOMLMoment.isDate(bytes[start..<position])
    {
      position += 1
      skipWord()
    }
    return Array(bytes[start..<position])
  }

  private mutating func skipWord() {
    while let byte = peek(), Self.isBare(byte) || "+.:".utf8.contains(byte) { position += 1 }
  }

  /// The end of the line that a byte stands in.
  func lineEnd(from offset: Int) -> Int {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return bytes.count }
    return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }

  /// Whether a byte may stand in a key without quotes.
  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Refuses what TOML allows nowhere but as an escape.
  func refuseControl(_ byte: UInt8) throws(TOMLError) {
    if byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F { throw mistake(next) }
  }

  /// An error about the next byte, or about another one.
  func mistake(_ reason: String, at offset: Int? = nil) -> TOMLError {
    TOMLError(place: TOMLPlace(of: offset ?? position, in: bytes), reason: reason)
  }

  /// What stands at the position, for an error.
  var next: String {
    guard let byte = peek() else { return "the end of the file" }
    if byte == UInt8(ascii: "\n") || sees("\r\n") { return "the end of the line" }
    if byte < 0x20 || byte == 0x7F {
      let digits = String(byte, radix: 16, uppercase: true)
      return "the control character U+\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }
    let rest = bytes[position..<min(bytes.count, position + 4)]
    guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first,
      scalar != "\u{FFFD}"
    else { return "what is not UTF-8 text" }
    return TOMLValue.text(String(Character(scalar))).toml
  }
}
