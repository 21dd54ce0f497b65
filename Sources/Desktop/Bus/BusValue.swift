/// A value in a message of D-Bus.
package enum BusValue: Equatable, Sendable {
  case text(String)
  /// The name of an object.
  case path(String)
  case number(UInt32)
  case signed(Int32)
  case flag(Bool)
  case structure([BusValue])
  /// Values of one type, which their signature names.
  case array([BusValue], of: String)
  /// Values by name, each of a type of its own: `a{sv}`.
  case options([String: BusValue])
  /// A value of any type, where one is written; what is read is the value itself.
  indirect case variant(BusValue)
  /// Of a type that nobody here asks for.
  case other

  /// How D-Bus writes its type.
  var signature: String {
    switch self {
    case .text: "s"
    case .path: "o"
    case .number: "u"
    case .signed: "i"
    case .flag: "b"
    case .variant: "v"
    case .structure(let values): "(\(values.map(\.signature).joined()))"
    case .array(_, let element): "a\(element)"
    case .options: "a{sv}"
    case .other: ""
    }
  }

  /// A text, or an object's name; nil for all else.
  package var text: String? {
    switch self {
    case .text(let text), .path(let text): text
    default: nil
    }
  }

  /// A number; nil for all else.
  package var number: UInt32? { if case .number(let number) = self { number } else { nil } }

  /// A number that may be below zero; nil for all else.
  package var signed: Int32? { if case .signed(let number) = self { number } else { nil } }

  /// Values by name; none for all else.
  package var options: [String: BusValue] {
    if case .options(let options) = self { options } else { [:] }
  }

  /// The parts of an array or a structure; none for all else.
  package var parts: [BusValue] {
    switch self {
    case .array(let parts, _), .structure(let parts): parts
    default: []
    }
  }
}
