/// A sentence to be read aloud, for a test set of one's own.
package struct Sentence: Equatable, Sendable {
  /// What kind it is of, such as "prose".
  package let kind: String?
  /// The words as they are to be written.
  package let text: String
  /// Terms in it, as lines of a vocabulary list.
  package let terms: [String]

  /// A sentence.
  package init(_ text: String, kind: String? = nil, terms: [String] = []) {
    (self.text, self.kind, self.terms) = (text, kind, terms)
  }

  /// Reads sentences: a line for each, with its terms behind it, tabs between them.
  ///
  /// Empty lines and those that begin with `#` are skipped; what stands twice counts once.
  ///
  /// - Parameter text: The lines.
  /// - Returns: The sentences in their order.
  package static func list(_ text: String) -> [Sentence] {
    var seen: Set<String> = []
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let columns = line.split(separator: "\t").map { column in
        column.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      guard let text = columns.first, !text.isEmpty, !text.hasPrefix("#"),
        text.utf8.count <= ManifestEntry.longestText, seen.insert(text).inserted
      else { return nil }
      return Sentence(text, terms: columns.dropFirst().filter { !$0.isEmpty })
    }
  }
}
