/// What became of a term where it may have been said.
package struct TermAccount: Sendable, Equatable {
  /// Why it was written or was not.
  package enum Verdict: Sendable, Equatable {
    /// The words say it.
    case said
    /// The audio says it.
    case written
    /// The audio does not say it well enough.
    case unsure
    /// The audio says another term as well.
    case rival(String)
    /// The audio says ordinary English as well that is like it.
    case english(String)
    /// Another term is written there.
    case taken(String)
    /// The model does not believe its own words there, as in noise.
    case doubtful
  }

  /// A token of the term.
  package struct TokenMargin: Sendable, Equatable {
    /// The token as the model spells it.
    package let piece: String
    /// The frame of the recording in which it would be said.
    package let frame: Int
    /// Its part of the term's margin, in nats.
    ///
    /// By so much the audio says it better than what was decoded there, and than a token has to.
    /// Those of all tokens add up to the margin.
    package let margin: Float
  }

  /// The term's spelling.
  package let spelling: String
  /// The words that were decoded there.
  package let words: [String]
  /// Where they begin and end, in frames of the recording.
  package let frames: Range<Int>
  /// Nats by which the term's score exceeds what it has to; of what words say, that is not told.
  package let margin: Float
  /// The factor of the term's weight with which its score would be enough.
  package let weight: Double
  /// The term's tokens; of what words say, none.
  package let tokens: [TokenMargin]
  /// Whether it was proposed, by the words or by the CTC head, and not only looked for because
  /// somebody asked.
  package let isProposed: Bool
  /// What became of it.
  package let verdict: Verdict

  /// Whether the term is written.
  package var isWritten: Bool { verdict == .said || verdict == .written }
}
