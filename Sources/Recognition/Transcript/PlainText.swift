/// What a model may write: text, and nothing that a terminal or another program obeys.
enum PlainText {
  /// The text without control characters and without those that override the direction of writing;
  /// tabs and line ends become spaces.
  ///
  /// Models hear no such characters. A tokenizer from outside may hold them all the same, and what
  /// is heard is typed into other programs.
  static func only(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isObeyed) else { return text }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if "\t\n\r\u{2028}\u{2029}\u{85}".unicodeScalars.contains(scalar) {
        plain.append(" ")
      } else if !isObeyed(scalar) {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: false
    }
  }
}
