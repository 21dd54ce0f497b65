/// A word or an identifier, and how it is to be written.
package struct Term: Hashable, Sendable {
  /// Who wants the term; of two spellings with one spoken form the greater origin's is written.
  package enum Origin: Int, Comparable, Sendable, CaseIterable {
    /// Names of files and branches that nobody listed.
    case automatic
    /// A list of the user's.
    case global
    /// A list that lies in a project.
    case project
    /// The request that the dictation began with.
    case request

    package static func < (a: Origin, b: Origin) -> Bool { a.rawValue < b.rawValue }
  }

  /// Whether ordinary English may become the term.
  package enum Guard: String, Sendable, CaseIterable {
    /// Phrases of several words may where a person listed the term; single words may not.
    case automatic
    /// Never.
    case on
    /// Always, for the user says that the term is meant.
    case off
  }

  /// What happens to the first letter where a sentence begins.
  package enum Casing: String, Sendable, CaseIterable {
    /// As in `sentence` for plain words, as in `exact` for everything else.
    case automatic
    /// It stays as it is spelled.
    case exact
    /// It becomes a capital where the model wrote one.
    case sentence
  }

  /// How it is written, to the byte.
  package var spelling: String
  /// How it is said, besides what follows from the spelling: words with single spaces.
  package var spoken: [String]
  /// How likely it is, compared with others: 1 for most.
  package var weight: Double
  /// Its first letter.
  package var casing: Casing
  /// Ordinary English.
  package var `guard`: Guard
  /// Who wants it.
  package var origin: Origin

  /// A term.
  package init(
    _ spelling: String, spoken: [String] = [], weight: Double = 1, casing: Casing = .automatic,
    guard: Guard = .automatic, origin: Origin = .global
  ) {
    self.spelling = spelling
    self.spoken = spoken
    self.weight = weight
    self.casing = casing
    self.guard = `guard`
    self.origin = origin
  }
}
