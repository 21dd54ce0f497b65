internal import Glibc
internal import TOMLKit

/// The file of the configuration: its text, and what is written there.
struct ConfigurationFile {
  /// Where it is, or would be.
  let path: String
  /// Its text; empty where there is no file.
  let text: String
  /// Values by `section.key`, known ones and others.
  let values: [String: ConfigurationValue]

  /// Bytes beyond which a file is not a configuration.
  private static let largest = 1 << 20
  /// Dots and brackets outside comments beyond which it is none either; each may be a level.
  private static let deepest = 500

  /// Reads a file; one that is missing reads like an empty one.
  ///
  /// - Throws: `ConfigurationError.unreadable` or `.malformed`, and `.unknown` for a section.
  init(path: String) throws(ConfigurationError) {
    try self.init(path: path, text: try Self.read(path))
  }

  /// Takes a text for that of a file.
  ///
  /// - Throws: `ConfigurationError.malformed`, and `.unknown` for a section.
  init(path: String, text: String) throws(ConfigurationError) {
    self.path = path
    self.text = text
    values = try Self.parse(text, path)
  }

  private static func read(_ path: String) throws(ConfigurationError) -> String {
    // Without waiting, where the path is a pipe that nobody writes to.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return "" }
      throw .unreadable(path: path, reason: systemText())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: systemText())
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable(path: path, reason: "is a folder")
    default: throw .unreadable(path: path, reason: "is not a file")
    }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .unreadable(path: path, reason: systemText())
      }
      bytes += part[..<count]
      guard bytes.count <= largest else {
        throw .unreadable(path: path, reason: "is larger than 1 MiB")
      }
    }
    // The TOML library takes a text that ends at the first zero.
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw .unreadable(path: path, reason: "is not UTF-8 text")
    }
    return text
  }

  private static func parse(
    _ text: String, _ path: String
  ) throws(ConfigurationError) -> [String: ConfigurationValue] {
    try screen(text, path)
    let root: TOMLTable
    do {
      root = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .malformed(
        path: path, line: error.source.begin.line, reason: oneLine(error.description))
    } catch {
      throw .malformed(path: path, line: 1, reason: "cannot be parsed")
    }
    let sections = ConfigurationKey.all.map(\.section)
    var values: [String: ConfigurationValue] = [:]
    for section in root.keys {
      guard sections.contains(section) else {
        throw .unknown(
          place: path, name: "[\(oneLine(section))]",
          nearest: neighbour(of: section, among: sections).map { "[\($0)]" })
      }
      guard let table = root[section]?.table else {
        throw .badValue(
          place: path, key: section, found: value(root[section]).toml, allowed: "a table")
      }
      for key in table.keys { values["\(section).\(oneLine(key))"] = value(table[key]) }
    }
    return values
  }

  /// Refuses the two things that make the library stop the program: a header that begins with
  /// anything but a key, and nesting so deep that the stack is too small for it.
  private static func screen(_ text: String, _ path: String) throws(ConfigurationError) {
    var nesting = 0
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      // By scalars, for a combining mark would hide what it follows. White space beyond ASCII is
      // skipped too, as the library does before it complains.
      let content = Substring(line).unicodeScalars.drop {
        $0.properties.isWhitespace || $0 == "\u{FEFF}"
      }
      if content.first == "#" { continue }
      nesting += content.count { ".[{".unicodeScalars.contains($0) }
      guard nesting <= deepest else {
        throw .malformed(path: path, line: index + 1, reason: "has too many dots and brackets")
      }
      guard content.first == "[" else { continue }
      let name = content.dropFirst(content.dropFirst().first == "[" ? 2 : 1)
        .drop { $0 == " " || $0 == "\t" }
      guard let first = name.first, isKeyStart(first) else {
        throw .malformed(
          path: path, line: index + 1, reason: "a section has a name in brackets: [audio]")
      }
    }
  }

  private static func isKeyStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
      || "_-\"'".unicodeScalars.contains(scalar)
  }

  private static func value(_ node: (any TOMLValueConvertible)?) -> ConfigurationValue {
    guard let node else { return .other("key without a value") }
    return switch node.type {
    case .string: node.string.map { .text($0) } ?? .other("text")
    case .bool: node.bool.map { .flag($0) } ?? .other("boolean")
    case .int: node.int.map { .integer($0) } ?? .other("number")
    case .double: node.double.map { .number($0) } ?? .other("number")
    case .array, .date, .dateTime, .table, .time: .other(node.type.description)
    }
  }
}

/// What stands in a file, fit for one line of a message.
private func oneLine(_ text: String) -> String {
  let scalars = text.unicodeScalars.prefix(200).map { scalar in
    scalar.properties.generalCategory == .control ? " " : Character(scalar)
  }
  return String(scalars)
}

/// The system's own text for the error that has just happened.
func systemText() -> String { String(cString: strerror(errno)) }
