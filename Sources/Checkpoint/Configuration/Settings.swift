/// Typed access to one section of a configuration, with errors that name the key.
///
/// A key that is absent or null has its default; a key with a wrong type or a value out of range
/// is an error.
struct Settings {
  /// Keys that lead to the section, joined by dots; empty for the root.
  private let place: String
  private let document: Document?
  /// The file, for error messages.
  private let path: String

  init(_ document: Document, path: String) {
    self.init(place: "", document: document, path: path)
  }

  private init(place: String, document: Document?, path: String) {
    self.place = place
    self.document = document
    self.path = path
  }

  /// Whether the key holds something other than null.
  func has(_ key: String) -> Bool { value(key) != nil }

  /// Whether the key is present, if only with null.
  func mentions(_ key: String) -> Bool { document?[key] != nil }

  func section(_ key: String) -> Settings {
    Settings(place: full(key), document: value(key), path: path)
  }

  func integer(
    _ key: String, default standard: Int, in range: ClosedRange<Int>
  ) throws(CheckpointError) -> Int {
    try integer(key, in: range) ?? standard
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = Self.integer(value), range.contains(number) else {
      throw nonsense(
        key, value, "expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func number(
    _ key: String, default standard: Double, in range: ClosedRange<Double>
  ) throws(CheckpointError) -> Double {
    guard let value = value(key) else { return standard }
    guard let number = Self.number(value), range.contains(number) else {
      throw nonsense(
        key, value, "expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ key: String, default standard: Bool) throws(CheckpointError) -> Bool {
    guard let value = value(key) else { return standard }
    guard case .bool(let flag) = value else {
      throw nonsense(key, value, "expected true or false")
    }
    return flag
  }

  func text(_ key: String) throws(CheckpointError) -> String? {
    guard let value = value(key) else { return nil }
    guard case .text(let text) = value else { throw nonsense(key, value, "expected text") }
    return text
  }

  func list(_ key: String) throws(CheckpointError) -> [Document]? {
    guard let value = value(key) else { return nil }
    guard case .list(let values) = value else { throw nonsense(key, value, "expected a list") }
    return values
  }

  func integers(
    _ key: String, in range: ClosedRange<Int>
  ) throws(CheckpointError) -> [Int]? {
    guard let values = try list(key) else { return nil }
    var numbers: [Int] = []
    for value in values {
      guard let number = Self.integer(value), range.contains(number) else {
        throw nonsense(
          key, .list(values), "expected numbers from \(range.lowerBound) to \(range.upperBound)")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Refuses a switch that is not at the only setting this program knows.
  func require(
    _ key: String, _ isSupported: Bool, only supported: String
  ) throws(CheckpointError) {
    guard isSupported else { throw unsupported(key, "only \(supported) is supported") }
  }

  func unsupported(_ key: String, _ reason: String) -> CheckpointError {
    .unsupported(
      path: path,
      .setting(key: full(key), value: shown(value(key) ?? .null), reason: reason))
  }

  /// The error for a setting that only another kind of network has.
  func architecture(_ key: String, _ kind: Architecture) -> CheckpointError {
    .unsupported(
      path: path, .architecture(key: full(key), value: shown(value(key) ?? .null), kind))
  }

  func nonsense(_ key: String, _ reason: String) -> CheckpointError {
    nonsense(key, value(key) ?? .null, reason)
  }

  private func nonsense(_ key: String, _ value: Document, _ reason: String) -> CheckpointError {
    .nonsense(path: path, reason: "\(full(key)) is \(shown(value)); \(reason)")
  }

  private func value(_ key: String) -> Document? {
    guard let value = document?[key], value != .null else { return nil }
    return value
  }

  private func full(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

  /// A value as short as an error message needs it.
  private func shown(_ value: Document) -> String {
    if case .section = value { return "a section" }
    let json = value.json
    return json.count > 60 ? "\(json.prefix(60))…" : json
  }

  private static func integer(_ value: Document) -> Int? {
    switch value {
    case .integer(let integer): integer
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  /// YAML 1.1 takes `1e-5`, without a point, for text.
  private static func number(_ value: Document) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .text(let text): Double(text)
    default: nil
    }
  }
}
