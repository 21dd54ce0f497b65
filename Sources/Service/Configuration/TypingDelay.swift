/// What is waited after each typed character.
package struct TypingDelay: Equatable, Sendable {
  /// The time; nil for what the tool that types needs.
  package let time: Duration?

  /// The longest there is.
  static let longest = Duration.seconds(1)

  /// Reads a duration of at most a second, or `auto`; nil where it is neither.
  package init?(_ text: String) {
    guard text != ConfigurationKey.automatic else {
      time = nil
      return
    }
    guard let duration = DurationText.parse(text), duration <= Self.longest else { return nil }
    time = duration
  }
}
