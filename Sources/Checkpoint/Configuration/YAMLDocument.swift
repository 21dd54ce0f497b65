import Yams

extension Document {
  /// Parses YAML, or JSON, of which it is a superset.
  ///
  /// - Parameters:
  ///   - region: UTF-8 text.
  ///   - name: The member's name for error messages.
  /// - Throws: `CheckpointError.malformed`, and `.excessive` or `.forbidden` before the work.
  init(yaml region: FileRegion, name: String) throws(CheckpointError) {
    try YAMLGuard(region, name: name).check()
    guard let text = String(validating: region.bytes, as: UTF8.self) else {
      throw region.malformed("\(name) is not UTF-8")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw region.malformed("\(name): \(Self.oneLine(error))")
    }
    guard let node else { throw region.malformed("\(name) is empty") }
    try self.init(node, depth: 0, region, name: name)
  }

  private init(
    _ node: Node, depth: Int, _ region: FileRegion, name: String
  ) throws(CheckpointError) {
    try region.require(depth, within: .nesting)
    switch node {
    case .scalar(let scalar): self.init(scalar)
    case .sequence(let sequence):
      var values: [Document] = []
      for child in sequence {
        values.append(try Document(child, depth: depth + 1, region, name: name))
      }
      self = .list(values)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, child) in mapping {
        guard case .scalar(let text) = key else {
          throw region.malformed("\(name) has a key that is no text")
        }
        let value = try Document(child, depth: depth + 1, region, name: name)
        entries.append(Entry(key: text.string, value: value))
      }
      self = .section(entries)
    case .alias: throw region.forbidden("\(name) has an alias")
    }
  }

  /// Resolves a scalar as YAML 1.1 does, but for octal and sexagesimal numbers.
  ///
  /// Yams matches eight regular expressions for it; vocabularies have tens of thousands of scalars.
  private init(_ scalar: Node.Scalar) {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else {
      self = .text(text)
      return
    }
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": self = .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": self = .bool(false)
    default:
      let isNumeric = text.utf8.allSatisfy("0123456789+-.eE".utf8.contains)
      if isNumeric, let integer = Int(text) {
        self = .integer(integer)
      } else if isNumeric, let number = Double(text) {
        self = .number(number)
      } else {
        self = .text(text)
      }
    }
  }

  private static func oneLine(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "not YAML"
  }
}
