/// The lines of a configuration file, for changing one of them.
///
/// What TOML allows beyond one key a line is left alone; the caller reads the result again.
struct ConfigurationLines {
  /// Without their newlines, but with the carriage returns of a file that has them.
  private var lines: [String]

  init(_ text: String) {
    // By bytes: to Swift a carriage return and a newline are one character.
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  /// The lines as one text.
  var text: String { lines.joined(separator: "\n") }

  /// Replaces the value of a key, or adds the key to its section, or both to the end.
  mutating func set(_ key: ConfigurationKey, to value: String) {
    let ending = lines.contains { $0.hasSuffix("\r") } ? "\r" : ""
    let line = "\(key.name) = \(value)\(ending)"
    var section = ""
    var end: Int?
    for (index, text) in lines.enumerated() {
      let content = trimmed(text[...])
      if content.isEmpty || content.hasPrefix("#") { continue }
      if content.hasPrefix("[") {
        section = trimmed(content.dropFirst().prefix { $0 != "]" })
      } else if let assignment = Assignment(text) {
        if [section, assignment.name].filter({ !$0.isEmpty }).joined(separator: ".") == key.path {
          lines[index].replaceSubrange(assignment.value, with: value)
          return
        }
      }
      if section == key.section { end = index + 1 }
    }
    if let end {
      lines.insert(line, at: end)
      return
    }
    while let last = lines.last, trimmed(last[...]).isEmpty { lines.removeLast() }
    if !lines.isEmpty {
      if lines[lines.count - 1].hasSuffix("\r") == false { lines[lines.count - 1] += ending }
      lines.append(ending)
    }
    lines += ["[\(key.section)]\(ending)", line, ""]
  }
}

/// A line that gives a key its value.
private struct Assignment {
  let name: String
  /// Where the value stands in the line.
  let value: Range<String.Index>

  init?(_ line: String) {
    guard let sign = line.firstIndex(of: "=") else { return nil }
    name = line[..<sign].filter { $0 != " " && $0 != "\t" }
    let rest = line[line.index(after: sign)...].drop { $0 == " " || $0 == "\t" }
    let end: String.Index
    if let quote = rest.first, quote == "\"" || quote == "'" {
      guard let last = Assignment.closing(quote, in: rest) else { return nil }
      end = rest.index(after: last)
    } else {
      let value = rest.prefix { $0 != "#" }
      end = value.lastIndex { !$0.isWhitespace }.map(value.index(after:)) ?? value.startIndex
    }
    value = rest.startIndex..<end
  }

  /// The quotation mark that closes the text at the start.
  private static func closing(_ quote: Character, in text: Substring) -> String.Index? {
    var isEscaped = false
    for index in text.indices.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if text[index] == "\\", quote == "\"" {
        isEscaped = true
      } else if text[index] == quote {
        return index
      }
    }
    return nil
  }
}

/// Without white space at both ends.
private func trimmed(_ text: Substring) -> String {
  let start = text.drop(while: \.isWhitespace)
  return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
}
