internal import Formatting
internal import System

/// How the text of a dictation is written.
struct Writing: Sendable {
  /// From words to text.
  let rules: FormattingRules
  /// A program that changes the text.
  let filter: TextFilter?
  /// The kind of program that it is written for; nil for any.
  var profile: FormattingProfile?
}

/// How the text of a dictation is written, from key-down on, as soon as its vocabulary is there.
final class Wording: Sendable {
  private let writing = Monitor<Writing?>(nil)

  /// Tells how.
  func set(_ new: Writing) { writing.withLock { $0 = new } }

  /// How, where that is known, or becomes known in time.
  func get(within limit: Duration) -> Writing? {
    writing.wait(until: .now + limit) { $0 }
  }
}
