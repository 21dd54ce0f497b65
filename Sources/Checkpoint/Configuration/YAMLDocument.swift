import Yams

extension Document {
  /// A configuration of v3's size, with three copies of its vocabulary, has a quarter of a
  /// megabyte.
  private static let yamlSizeLimit = 8 << 20
  private static let yamlNodeLimit = 1 << 20
  /// Aliases multiply; NeMo writes none.
  private static let yamlAliasLimit = 16
  /// Flow brackets nest on the parser's stack; NeMo writes block style.
  private static let yamlNestingLimit = 512

  /// Parses YAML, or JSON, of which it is a superset.
  ///
  /// - Parameters:
  ///   - region: UTF-8 text.
  ///   - name: The member's name for error messages.
  /// - Throws: `CheckpointError.malformed`.
  init(yaml region: FileRegion, name: String) throws(CheckpointError) {
    guard region.count <= Self.yamlSizeLimit else {
      throw region.malformed("\(name) has \(region.count) bytes")
    }
    guard let text = String(validating: region.bytes, as: UTF8.self) else {
      throw region.malformed("\(name) is not UTF-8")
    }
    guard Self.isHarmless(region.bytes) else {
      throw region.malformed("\(name) nests too deep or has too many aliases")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw region.malformed("\(name): \(Self.oneLine(error))")
    }
    guard let node else { throw region.malformed("\(name) is empty") }
    var budget = Self.yamlNodeLimit
    guard let document = Document(node, depth: 0, budget: &budget) else {
      throw region.malformed("\(name) nests too deep, repeats itself or has keys that are no text")
    }
    self = document
  }

  private init?(_ node: Node, depth: Int, budget: inout Int) {
    budget -= 1
    guard depth < Self.depthLimit, budget > 0 else { return nil }
    switch node {
    case .scalar(let scalar): self.init(scalar)
    case .sequence(let sequence):
      var values: [Document] = []
      for child in sequence {
        guard let value = Document(child, depth: depth + 1, budget: &budget) else { return nil }
        values.append(value)
      }
      self = .list(values)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, child) in mapping {
        guard case .scalar(let name) = key,
          let value = Document(child, depth: depth + 1, budget: &budget)
        else { return nil }
        entries.append(Entry(key: name.string, value: value))
      }
      self = .section(entries)
    case .alias: return nil
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

  /// Whether the parser can take the text without deep recursion or exponential work.
  ///
  /// Counts what looks like a bracket, a nested list or an alias, also inside quotes; real
  /// configurations stay far below the limits either way.
  private static func isHarmless(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var depth = 0
    var dashes = 0
    var aliases = 0
    var previous = UInt8(ascii: "\n")
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "*") where " \n\r\t[{,:".utf8.contains(previous): aliases += 1
      default: break
      }
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): dashes += 1
      case UInt8(ascii: " "): break
      default: dashes = 0
      }
      if depth > yamlNestingLimit || dashes > yamlNestingLimit || aliases > yamlAliasLimit {
        return false
      }
      previous = byte
    }
    return true
  }

  private static func oneLine(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "not YAML"
  }
}
