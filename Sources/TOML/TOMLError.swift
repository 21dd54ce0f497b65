/// Why a text is not TOML, and where.
package struct TOMLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An assignment whose key could be read, but not what follows.
  struct Assignment: Equatable, Sendable {
    /// The key with the tables around it.
    let path: [String]
    /// What follows it up to the end of its line, without the equals sign where there is one.
    let rest: Range<Int>
    /// Whether there is an equals sign.
    let hasSign: Bool
  }

  /// Where reading stopped.
  package let place: TOMLPlace
  /// What is wrong there, on one line.
  package let reason: String
  /// The assignment that it is wrong in.
  var assignment: Assignment?

  /// The key whose assignment is wrong; nil where the fault is elsewhere.
  package var key: String? { assignment.map { Self.name(of: $0.path) } }

  /// `line 3, column 7: <reason>`.
  package var description: String { "\(place): \(reason)" }

  /// Names with dots between them, as a key; shortened where that is long.
  package static func name(of path: [String]) -> String {
    path.map(TOMLValue.key).joined(separator: ".").shortened
  }
}

extension String {
  /// The text, or its beginning where it is too long for a message.
  package var shortened: String { utf8.count <= 200 ? self : String(prefix(80)) + "…" }
}
