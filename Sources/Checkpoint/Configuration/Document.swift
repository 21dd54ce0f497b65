/// A tree of settings, read from YAML or JSON.
package enum Document: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Document])
  /// Keys are unique and keep their order.
  case section([Entry])

  /// A key of a section with its value.
  package struct Entry: Sendable, Equatable {
    /// Its name.
    package let key: String
    /// What it holds.
    package let value: Document

    /// A key with its value.
    package init(key: String, value: Document) { (self.key, self.value) = (key, value) }
  }

  /// A section's value, nil where the key is absent or this is no section.
  subscript(key: String) -> Document? {
    guard case .section(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The same tree as one line of JSON.
  package var json: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : Self.quoted("\(value)")
    case .text(let value): Self.quoted(value)
    case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
    case .section(let entries):
      "{\(entries.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
