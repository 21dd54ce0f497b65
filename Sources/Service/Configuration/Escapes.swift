/// Keys as people write them on a command line, where they cannot be pressed.
package enum Escapes {
  private static let keys: [Character: Character] = [
    "n": "\n", "t": "\t", "e": "\u{1B}", "\\": "\\",
  ]

  /// Replaces `\n`, `\t`, `\e` and `\\` by line feed, tab, Escape and a backslash.
  ///
  /// - Parameter text: What somebody wrote.
  /// - Returns: What it stands for; nil where a backslash is followed by something else.
  package static func replaced(in text: String) -> String? {
    var result = ""
    var characters = text.makeIterator()
    while let character = characters.next() {
      guard character == "\\" else {
        result.append(character)
        continue
      }
      guard let key = characters.next().flatMap({ keys[$0] }) else { return nil }
      result.append(key)
    }
    return result
  }
}
