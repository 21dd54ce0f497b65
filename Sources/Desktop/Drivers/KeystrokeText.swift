/// Text as keys can make it: printable characters, line feeds and tabs.
package struct KeystrokeText {
  /// What shall be typed.
  package let text: String

  /// Makes line feeds of line ends of all kinds.
  ///
  /// Other control characters are left out: to a terminal they are commands, and nobody can say
  /// them.
  package init(_ text: String) {
    var scalars = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
      case "\t": scalars.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { scalars.append(scalar) }
      }
      isAfterReturn = scalar == "\r"
    }
    self.text = String(scalars)
  }

  /// A generous time to type it in: the slowest tool needs 24 ms a key on an idle machine.
  var limit: Duration { .seconds(10) + .milliseconds(80) * text.unicodeScalars.count }

  /// The text cut into pieces of at most so many different characters, each as long as possible.
  package func pieces(distinct: Int) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var seen: Set<Unicode.Scalar> = []
    for scalar in text.unicodeScalars {
      if !seen.contains(scalar), seen.count == distinct {
        pieces.append(String(piece))
        piece = .init()
        seen = []
      }
      seen.insert(scalar)
      piece.append(scalar)
    }
    return piece.isEmpty ? pieces : pieces + [String(piece)]
  }
}
