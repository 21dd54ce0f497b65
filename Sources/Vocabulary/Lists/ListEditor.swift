/// Changes a list as a text: lines that have nothing to do with the change stay as they are.
package struct ListEditor {
  /// The list.
  package private(set) var text: String

  /// Edits a list; an empty one where there is none yet.
  package init(_ text: String) { self.text = text }

  /// Writes terms into the list: in place of the lines that have them, or at the end.
  ///
  /// - Returns: How many of them the list had before.
  @discardableResult
  package mutating func set(_ terms: [Term]) -> Int {
    var lines = lines
    if lines.last == "" { lines.removeLast() }
    var places: [String: Int] = [:]
    for (index, line) in lines.enumerated() {
      if let spelling = Self.spelling(line), places[spelling] == nil { places[spelling] = index }
    }
    var known = 0
    for term in terms {
      if let index = places[term.spelling] {
        known += 1
        lines[index] = VocabularyList.line(of: term)
      } else {
        places[term.spelling] = lines.count
        lines.append(VocabularyList.line(of: term))
      }
    }
    text = lines.map { $0 + "\n" }.joined()
    return known
  }

  /// Removes all lines that have a term.
  ///
  /// - Returns: Whether there were any.
  @discardableResult
  package mutating func remove(_ spelling: String) -> Bool {
    let spelling = VocabularyList.normalized(spelling)
    let kept = lines.filter { Self.spelling($0) != spelling }
    guard kept.count < lines.count else { return false }
    text = kept.joined(separator: "\n")
    return true
  }

  private var lines: [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The term of a line, whatever else is wrong with the line.
  private static func spelling(_ line: String) -> String? {
    let field = line.unicodeScalars.prefix { $0 != "\t" && $0 != "\r" && $0 != "\u{FEFF}" }
    return VocabularyList(Array(String(field).utf8), file: "").terms.first?.spelling
  }
}
