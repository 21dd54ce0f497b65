/// What comes from outside may hold what a terminal obeys, or what makes a line look otherwise than
/// it is. It is printed with such characters as escapes.
extension String {
  /// The text on one line, with escapes for what a terminal would obey.
  ///
  /// Control characters and those that turn the direction of writing become `\u{1b}`, `\n` and the
  /// like. What is very long is cut.
  package var printable: String {
    if utf8.count <= Self.printedBytes, unicodeScalars.allSatisfy({ !$0.isObeyed }) { return self }
    var text = ""
    for scalar in unicodeScalars {
      guard text.utf8.count < Self.printedBytes else { return text + "…" }
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isObeyed: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text with its lines and tabs, and with all else as in `printable`.
  package var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
        .map { String($0).printable }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// Bytes of a printed line; a path alone may have 4,096.
  private static let printedBytes = 16_384

  /// A JSON document with the same characters as JSON escapes them; those that JSON forbids are
  /// escaped already.
  package var printableJSON: String {
    func escapes(_ scalar: Unicode.Scalar) -> Bool { scalar.isObeyed && scalar.value >= 0x7f }
    if !unicodeScalars.contains(where: escapes) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if escapes(scalar) {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a terminal, or the layout of a line, obeys the character rather than shows it.
  fileprivate var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0: true
    // Marks, embeddings, overrides and isolates of the direction, and line ends.
    case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: false
    }
  }
}
