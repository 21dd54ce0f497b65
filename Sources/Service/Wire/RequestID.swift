/// The id that a client gave its request (JSON-RPC 2.0 §4).
package enum RequestID: Equatable, Sendable {
  /// Text.
  case string(String)
  /// A whole number, given back digit for digit.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// `null`, which is also the id of the answer to a line that none could be read from.
  case null
}

extension RequestID: Codable {
  /// Reads a string, a number or `null`.
  ///
  /// - Throws: `DecodingError` where it is something else.
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .string(try value.decode(String.self))
    }
  }

  /// Writes the string, the number or `null`.
  ///
  /// - Throws: What the encoder throws.
  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .string(let text): try value.encode(text)
    case .integer(let integer): try value.encode(integer)
    case .number(let number): try value.encode(number)
    case .null: try value.encodeNil()
    }
  }
}
