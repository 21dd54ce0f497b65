/// A value of a TOML file.
package enum TOMLValue: Equatable, Sendable {
  /// A text.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// A whole number.
  case integer(Int)
  /// Another number.
  case number(Double)
  /// A date, a time, or both, as it is written.
  case moment(String)
  /// A list, of values of any kind.
  case list([TOMLValue])
  /// Values by their names.
  case table([String: TOMLValue])

  /// As TOML, on one line; names of a table are in alphabetical order.
  package var toml: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .flag(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .number(let number): Self.written(number)
    case .moment(let moment): moment
    case .list(let values): "[\(values.map(\.toml).joined(separator: ", "))]"
    case .table(let entries):
      "{"
        + entries.sorted { $0.key < $1.key }.map { " \(Self.key($0)) = \($1.toml)" }
        .joined(separator: ",") + " }"
    }
  }

  /// A name as a key, in quotes where it must be.
  static func key(_ name: String) -> String {
    !name.isEmpty && name.utf8.allSatisfy(TOMLScanner.isBare) ? name : quoted(name)
  }

  /// A number with a dot or an exponent, so that it is read as one again.
  private static func written(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    return number.isInfinite ? (number < 0 ? "-inf" : "inf") : "\(number)"
  }

  /// A text as a basic string: what is not seen, or would not be on this line, is escaped.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += width == 8 ? "\\U" : "\\u"
        result += String(repeating: "0", count: width - digits.count) + digits
      case _ where scalar == "\"" || scalar == "\\": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension TOMLValue: Encodable {
  /// Encodes the bare value.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text), .moment(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .list(let values): try container.encode(values)
    case .table(let entries): try container.encode(entries)
    }
  }
}
