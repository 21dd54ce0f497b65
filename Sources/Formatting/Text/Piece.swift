/// What a rule writes: a word, a mark, or a break.
struct Piece: Sendable, Equatable {
  /// What it is to those that come after it.
  enum Kind: Sendable {
    /// A word as the model wrote it.
    case word
    /// What a rule or a term made of words; nothing changes it any more.
    case written
    /// A mark that is set apart, or joined on one side.
    case mark
    /// A mark of a program; a number behind it is one even where prose would spell it.
    case symbol
  }

  /// Its text, without the model's marks behind it.
  var text: String
  /// The model's marks behind it.
  var mark = ""
  var kind: Kind
  /// The white space before it, unless something joins it to what is there.
  var separator: String
  /// Whether nothing stands between it and what is before it.
  var joinsLeft = false
  /// Whether nothing stands between it and what follows.
  var joinsRight = false
  /// The model's marks that vanish before it.
  var swallowed: Set<Character> = []
  /// Whether a sentence begins after it.
  var endsSentence = false
  /// Whether a sentence begins with it, though the model did not know.
  var wantsCapital = false
  /// The term that is written.
  var term: String?
  /// The words that were said for it, as indices into what was heard.
  var heard = 0..<0
  /// Where the first of them starts, in seconds.
  var start = 0.0
  /// Where the last of them ends, in seconds.
  var end = 0.0
  /// The lowest confidence of them.
  var confidence: Float = 1

  init(_ text: String, _ kind: Kind, separator: String = " ") {
    (self.text, self.kind, self.separator) = (text, kind, separator)
  }
}
