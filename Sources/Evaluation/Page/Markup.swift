internal import Foundation

/// Writes HTML that is XML as well: every element is closed, every text from outside escaped.
enum Markup {
  /// An element with its content.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - attributes: Names and texts, which are escaped here.
  ///   - content: Markup.
  /// - Returns: Markup.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String
  ) -> String {
    let attributes = attributes.map { " \($0.key)=\"\(text($0.value))\"" }.joined()
    return "<\(name)\(attributes)>\(content)</\(name)>"
  }

  /// Text from anywhere as markup.
  ///
  /// Characters that neither XML nor a line of text may hold become the replacement character.
  static func text(_ text: String) -> String {
    var markup = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      case "\n", "\t": markup.unicodeScalars.append(scalar)
      default: markup.unicodeScalars.append(isPlain(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return markup
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0xfffe, 0xffff: false
    // Marks and overrides of the direction reach beyond the text that they stand in.
    case 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: false
    default: true
    }
  }

  /// A table with a row of heads.
  static func table(_ heads: [String], _ rows: [[String]]) -> String {
    let head = heads.map { element("th", ["scope": "col"], text($0)) }.joined()
    let body = rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column == 0
          ? element("th", ["scope": "row"], element("bdi", text(cell)))
          : element("td", text(cell))
      }
      return element("tr", cells.joined())
    }
    return element(
      "div", ["class": "wide"],
      element(
        "table",
        element("thead", element("tr", head)) + element("tbody", body.joined(separator: "\n"))))
  }

  static func element(_ name: String, _ content: String) -> String { element(name, [:], content) }

  /// A number as coordinates are written.
  static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
