internal import System

/// What JSON writes for values.
enum JSONText {
  /// An object, its members in their order; those without a value are left out.
  static func object(_ members: KeyValuePairs<String, String?>) -> String {
    var text = "{"
    for case (let name, let value?) in members {
      if text.utf8.count > 1 { text += "," }
      text += "\"\(name)\":\(value)"
    }
    return text + "}"
  }

  /// A list.
  static func array(_ elements: [String]) -> String {
    "[\(elements.joined(separator: ","))]"
  }

  /// A finite number, with as many digits as tell it from others.
  static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A text, with escapes for what JSON forbids in it and for what a terminal would obey.
  static func string(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    return "\"\(isPlain ? text : escaped(text))\"".printableJSON
  }

  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += ["\\", scalar]
      case "\n": escaped += ["\\", "n"]
      case "\r": escaped += ["\\", "r"]
      case "\t": escaped += ["\\", "t"]
      case "\u{08}": escaped += ["\\", "b"]
      case "\u{0C}": escaped += ["\\", "f"]
      case "\u{00}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u00\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
