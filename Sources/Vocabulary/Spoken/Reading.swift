/// A place of a spelling that can be read in one or more ways.
struct Reading {
  /// One way to read it.
  struct Choice {
    /// Words with single spaces; empty for what is not said.
    var text: String
    /// Whether that leaves out what tells the term from ordinary words.
    var isLossy = false
  }

  /// Ways in order, at least one.
  var choices: [Choice]
  /// Places with the same name are read in the same way; nil for a place of its own.
  var style: String?

  init(_ texts: [String]) { choices = texts.map { Choice(text: $0) } }

  /// A mark, and whether it may be left out where it stands.
  ///
  /// - Parameters:
  ///   - texts: Its names in order; an empty one for silence.
  ///   - style: What it shares its reading with.
  ///   - isLossy: Whether silence leaves something out.
  init(mark texts: [String], style: String, isLossy: Bool = false) {
    choices = texts.map { Choice(text: $0, isLossy: isLossy && $0.isEmpty) }
    self.style = style
  }
}
