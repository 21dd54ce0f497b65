/// What stands before the cursor, as far as a typist knows: what it typed last.
package struct CursorContext: Sendable {
  private var last: Character?

  /// Nothing is known: the text may begin here.
  package init() {}

  /// What must come between what was typed last and a text.
  ///
  /// - Parameter text: The next text.
  /// - Returns: A space or nothing.
  package func separator(before text: String) -> String {
    guard let last, let first = text.first, !last.isWhitespace, !first.isWhitespace,
      !Self.joiningNext.contains(last), !Self.joiningLast.contains(first)
    else { return "" }
    return " "
  }

  /// A text was typed; after Escape nobody knows where the cursor is.
  package mutating func note(_ text: String) {
    if let character = text.last { last = character == "\u{1B}" ? nil : character }
  }

  /// The cursor may be anywhere now.
  package mutating func forget() { last = nil }

  /// What the next word follows without a space.
  private static let joiningNext = Set("([{<“‘„‚«‹¿¡/\\@#$")
  /// What follows a word without a space.
  private static let joiningLast = Set(")]}>”’»›.,;:!?…%")
}
