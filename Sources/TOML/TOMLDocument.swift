/// A TOML file: its text, and what is written there.
package struct TOMLDocument {
  /// The text.
  package let bytes: [UInt8]
  /// The file as a table, with the places of its keys.
  package let root: TOMLTable

  /// Reads a whole file.
  ///
  /// - Throws: `TOMLError` for the first thing that is wrong.
  package init(_ bytes: [UInt8]) throws(TOMLError) {
    self.bytes = bytes
    root = try TOMLParser.parse(bytes)
  }

  /// All that is written there.
  package var value: TOMLValue { root.value }

  /// The text with another value of a key; comments and all other values stay as they are.
  ///
  /// A key that is not there is added to its table, and a table that is not there to the end.
  ///
  /// - Parameters:
  ///   - name: The last name of the key.
  ///   - section: The table that it stands in.
  ///   - value: Its value, as TOML.
  /// - Returns: The text, which is TOML again where the table has room for the key.
  package func setting(_ name: String, in section: [String], to value: String) -> [UInt8] {
    var table: TOMLTable? = root
    for part in section {
      if case .table(let inner)? = table?[part]?.content { table = inner } else { table = nil }
    }
    if let range = table?[name]?.range { return bytes.replacing(range, with: value) }
    let assignment = "\(TOMLValue.key(name)) = \(value)"
    switch table?.room ?? .none {
    case .line(let end, let prefix):
      let key = prefix.map { TOMLValue.key($0) + "." }.joined()
      let lineEnd = TOMLScanner(bytes).lineEnd(from: end)
      return bytes.replacing(lineEnd..<lineEnd, with: newline + key + assignment)
    case .item(let end, isFirst: true):
      return bytes.replacing(end..<end, with: " \(assignment) ")
    case .item(let end, isFirst: false): return bytes.replacing(end..<end, with: ", \(assignment)")
    case .none:
      let header = "[\(section.map(TOMLValue.key).joined(separator: "."))]"
      return appending([header, assignment])
    }
  }

  /// The text with lines at its end, behind a blank one.
  private func appending(_ lines: [String]) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { " \t\r\n".utf8.contains($0) }
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    let gap = end == 0 ? [] : ["", ""]
    let text = (gap + lines + [""]).joined(separator: newline)
    return bytes[..<end] + Array(text.utf8)
  }

  private var newline: String {
    zip(bytes, bytes.dropFirst()).contains { ($0, $1) == (0x0D, 0x0A) } ? "\r\n" : "\n"
  }
}

extension TOMLError {
  /// A text whose first fault is an assignment, with another value in place of what is wrong.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - path: The key that the fault must be in.
  ///   - value: Its value, as TOML.
  /// - Returns: The text, which may have further faults; nil where the fault is elsewhere.
  package func repairing(_ bytes: [UInt8], _ path: [String], with value: String) -> [UInt8]? {
    guard let assignment, assignment.path == path else { return nil }
    let sign = assignment.hasSign ? (assignment.rest.isEmpty ? " " : "") : " = "
    return bytes.replacing(assignment.rest, with: sign + value)
  }
}

extension [UInt8] {
  fileprivate func replacing(_ range: Range<Int>, with text: String) -> [UInt8] {
    self[..<range.lowerBound] + Array(text.utf8) + self[range.upperBound...]
  }
}
