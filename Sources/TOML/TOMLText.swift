/// Texts in quotes: basic (`"`) with escapes and literal (`'`), on one line or on several.
extension TOMLScanner {
  /// Whether a text begins here.
  var seesText: Bool { sees("\"") || sees("'") }

  /// Reads the text that begins here.
  ///
  /// - Parameter mayHaveLines: Whether three quotes begin a text of several lines.
  /// - Returns: What is in the quotes, its escapes replaced.
  /// - Throws: `TOMLError` at the first thing that is wrong.
  mutating func text(mayHaveLines: Bool) throws(TOMLError) -> String {
    let start = position
    let quote = bytes[start]
    let hasLines = sees("\"\"\"") || sees("'''")
    guard !hasLines || mayHaveLines else {
      throw mistake("a text of several lines in place of a key")
    }
    position += hasLines ? 3 : 1
    // An end of line right after the quotes is not part of the text.
    if hasLines { _ = skipNewline() }
    var content: [UInt8] = []
    while !(hasLines ? close(quote, &content) : skip(quote)) {
      guard let byte = peek() else { throw mistake("a text without its closing quotes", at: start) }
      if hasLines, skipNewline() {
        content.append(UInt8(ascii: "\n"))
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        position += 1
        if !hasLines || !skipLineEnd() { content += Array(String(try escape()).utf8) }
      } else if byte == UInt8(ascii: "\n") || sees("\r\n") {
        throw mistake("a text without its closing quote", at: start)
      } else {
        try refuseControl(byte)
        position += 1
        content.append(byte)
      }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw mistake("a text that is not UTF-8", at: start)
    }
    return text
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  /// Steps over three quotes that end a text; one or two more before them belong to it.
  private mutating func close(_ quote: UInt8, _ content: inout [UInt8]) -> Bool {
    let count = bytes[position...].prefix(5).prefix { $0 == quote }.count
    guard count >= 3 else { return false }
    content += Array(repeating: quote, count: count - 3)
    position += count
    return true
  }

  /// Steps from a backslash at the end of a line to the text that goes on.
  private mutating func skipLineEnd() -> Bool {
    let start = position
    skipBlanks()
    guard skipNewline() else {
      position = start
      return false
    }
    repeat { skipBlanks() } while skipNewline()
    return true
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(TOMLError) -> Unicode.Scalar {
    let start = position - 1
    let byte = peek()
    position += 1
    switch byte {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "e"): return "\u{1B}"
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "x"): return try scalar(digits: 2, start)
    case UInt8(ascii: "u"): return try scalar(digits: 4, start)
    case UInt8(ascii: "U"): return try scalar(digits: 8, start)
    default:
      throw mistake(
        "an unknown escape; a backslash is written twice, or in single quotes", at: start)
    }
  }

  private mutating func scalar(digits: Int, _ start: Int) throws(TOMLError) -> Unicode.Scalar {
    let word = bytes[position...].prefix(digits)
    guard word.count == digits, let code = TOMLScalar.number(word, radix: 16),
      let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init)
    else { throw mistake("an escape that is no character", at: start) }
    position += digits
    return scalar
  }
}
