/// A value in a message of D-Bus.
enum BusValue: Equatable, Sendable {
  case text(String)
  /// The name of an object.
  case path(String)
  case number(UInt32)
  case structure([BusValue])
  /// Values of one type, which their signature names.
  case array([BusValue], of: String)
  /// Values by name, each of a type of its own: `a{sv}`.
  case options([String: BusValue])
  /// Of a type that nobody here asks for.
  case other

  /// How D-Bus writes its type.
  var signature: String {
    switch self {
    case .text: "s"
    case .path: "o"
    case .number: "u"
    case .structure(let values): "(\(values.map(\.signature).joined()))"
    case .array(_, let element): "a\(element)"
    case .options: "a{sv}"
    case .other: ""
    }
  }

  /// A text, or an object's name; nil for all else.
  var text: String? {
    switch self {
    case .text(let text), .path(let text): text
    default: nil
    }
  }

  /// A number; nil for all else.
  var number: UInt32? { if case .number(let number) = self { number } else { nil } }

  /// Values by name; none for all else.
  var options: [String: BusValue] { if case .options(let options) = self { options } else { [:] } }

  /// The parts of an array or a structure; none for all else.
  var parts: [BusValue] {
    switch self {
    case .array(let parts, _), .structure(let parts): parts
    default: []
    }
  }
}
