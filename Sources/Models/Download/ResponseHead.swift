/// What a server says before it sends a file: a status and fields, as HTTP has them.
struct ResponseHead: Equatable {
  /// 200, 404 and others.
  let status: Int
  /// Values by names in small letters; of those that are there twice, the last.
  private let fields: [String: String]

  /// All heads that a file holds, one for each redirection and at last that of the file.
  ///
  /// - Parameter bytes: Heads as they came, each with a blank line at its end.
  /// - Returns: Those that are complete, without the interim ones.
  static func all(in bytes: [UInt8]) -> [ResponseHead] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
      }
    var heads: [ResponseHead] = []
    var current: [String] = []
    // What follows the last end of a line is incomplete.
    for line in lines.dropLast() {
      if !line.isEmpty {
        current.append(line)
      } else {
        if let head = ResponseHead(current), head.status >= 200 { heads.append(head) }
        current = []
      }
    }
    return heads
  }

  private init?(_ lines: [String]) {
    guard let first = lines.first, first.hasPrefix("HTTP/") else { return nil }
    let words = first.split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields[line[..<colon].lowercased()] = String(value)
    }
    (self.status, self.fields) = (status, fields)
  }

  /// A field's value.
  subscript(name: String) -> String? { fields[name] }

  /// A field's value as a number that is not negative.
  func number(_ name: String) -> Int? { self[name].flatMap(Self.number) }

  /// A digit alone makes a number; signs do not.
  private static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// What tells this version of the file from others, where it does so byte by byte.
  var strongTag: String? {
    guard let tag = self["etag"], tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count > 2,
      tag.utf8.count < 256, tag.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    return tag
  }

  /// Which bytes of how many are sent: `bytes 5-9/10` has first 5 and total 10.
  var range: (first: Int, total: Int?)? {
    guard let text = self["content-range"], text.lowercased().hasPrefix("bytes ") else {
      return nil
    }
    let parts = text.dropFirst(6).split(separator: "/")
    guard parts.count == 2 else { return nil }
    let ends = parts[0].split(separator: "-")
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]),
      first <= last
    else { return nil }
    let total = Self.number(parts[1])
    guard parts[1] == "*" || total.map({ last == $0 - 1 }) ?? false else { return nil }
    return (first, total)
  }

  /// Bytes of the whole file that a range could not be had of: `bytes */10` has 10.
  var unsatisfiedTotal: Int? {
    guard let text = self["content-range"], text.lowercased().hasPrefix("bytes */") else {
      return nil
    }
    return Self.number(text.dropFirst(8))
  }

  /// Whether what follows is a page or another text, rather than a file of a model.
  var isText: Bool {
    let type = self["content-type"]?.lowercased() ?? ""
    return ["text/", "application/json", "application/xhtml", "application/xml"].contains {
      type.hasPrefix($0)
    }
  }
}
