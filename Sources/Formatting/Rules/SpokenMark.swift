/// A mark that has a name.
struct SpokenMark: Sendable {
  /// How it stands between words.
  enum Spacing: Sendable {
    /// Joined to both.
    case tight
    /// Joined to the word before it.
    case left
    /// Joined to the word behind it.
    case right
    /// Joined to neither.
    case apart
    /// As an opening bracket of a program: `f(x)`, but `if (x)` and `= (x)`.
    case call
    /// By turns as an opening and a closing mark.
    case pair
  }

  let text: String
  let spacing: Spacing
  var endsSentence = false
  /// Whether marks stay that the model wrote behind the word before it.
  var keepsMarks = false
  /// Whether its name is a word of prose too, which "of" behind it tells.
  var isProse = false

  /// Whether it closes what was opened.
  var isClosing: Bool { spacing == .left && (text == ")" || text == "\"") }

  init(_ text: String, _ spacing: Spacing) { (self.text, self.spacing) = (text, spacing) }

  /// A mark that ends a sentence.
  static func end(_ text: String) -> SpokenMark {
    var mark = SpokenMark(text, .left)
    (mark.endsSentence, mark.isProse) = (true, true)
    return mark
  }

  /// The end of a line.
  static func lines(_ count: Int) -> SpokenMark {
    var mark = SpokenMark(String(repeating: "\n", count: count), .tight)
    (mark.keepsMarks, mark.isProse, mark.endsSentence) = (true, true, count > 1)
    return mark
  }
}

extension SpokenMark {
  /// Marks of prose, by their names.
  static let prose: [(names: [String], mark: SpokenMark)] = [
    (["period", "full stop"], .end(".")),
    (["question mark"], .end("?")),
    (["exclamation mark", "exclamation point"], .end("!")),
    (["comma"], SpokenMark(",", .left)),
    (["colon"], SpokenMark(":", .left)),
    (["semicolon", "semi colon"], SpokenMark(";", .left)),
    (["ellipsis", "dot dot dot"], SpokenMark("...", .left)),
    (["hyphen"], SpokenMark("-", .tight)),
    (["em dash"], SpokenMark("—", .apart)),
    (["open paren", "open parenthesis", "left paren"], SpokenMark("(", .right)),
    (["close paren", "close parenthesis", "right paren"], SpokenMark(")", .left)),
    (["open quote", "open quotes"], SpokenMark("\"", .right)),
    (["close quote", "close quotes", "end quote"], SpokenMark("\"", .left)),
    (["new line", "newline"], .lines(1)),
    (["new paragraph"], .lines(2)),
  ]

  /// Marks of programs, by their names.
  static let code: [(names: [String], mark: SpokenMark)] = [
    (["comma"], SpokenMark(",", .left)),
    (["colon"], SpokenMark(":", .left)),
    (["semicolon", "semi colon"], SpokenMark(";", .left)),
    (["question mark"], SpokenMark("?", .left)),
    (["bang", "exclamation mark", "exclamation point"], SpokenMark("!", .right)),
    (["new line", "newline"], .lines(1)),
    (["dot"], SpokenMark(".", .tight)),
    (["dot dot dot", "ellipsis"], SpokenMark("...", .tight)),
    (["slash", "forward slash"], SpokenMark("/", .tight)),
    (["backslash", "back slash"], SpokenMark("\\", .tight)),
    (["underscore", "under score"], SpokenMark("_", .tight)),
    (["double colon", "colon colon"], SpokenMark("::", .tight)),
    (["hyphen"], SpokenMark("-", .tight)),
    (["dash"], SpokenMark("-", .right)),
    (["dash dash", "double dash"], SpokenMark("--", .right)),
    (["minus"], SpokenMark("-", .apart)),
    (["plus"], SpokenMark("+", .apart)),
    (["plus plus"], SpokenMark("++", .left)),
    (["asterisk"], SpokenMark("*", .apart)),
    (["double asterisk"], SpokenMark("**", .apart)),
    (["equals", "equal sign", "equals sign"], SpokenMark("=", .apart)),
    (["double equals", "equals equals"], SpokenMark("==", .apart)),
    (["triple equals"], SpokenMark("===", .apart)),
    (["not equals", "not equal", "bang equals"], SpokenMark("!=", .apart)),
    (["plus equals"], SpokenMark("+=", .apart)),
    (["minus equals"], SpokenMark("-=", .apart)),
    (["less than"], SpokenMark("<", .apart)),
    (["greater than"], SpokenMark(">", .apart)),
    (["less than or equal", "less than or equal to"], SpokenMark("<=", .apart)),
    (["greater than or equal", "greater than or equal to"], SpokenMark(">=", .apart)),
    (["arrow", "thin arrow"], SpokenMark("->", .apart)),
    (["fat arrow", "double arrow"], SpokenMark("=>", .apart)),
    (["pipe"], SpokenMark("|", .apart)),
    (["double pipe"], SpokenMark("||", .apart)),
    (["ampersand"], SpokenMark("&", .apart)),
    (["double ampersand"], SpokenMark("&&", .apart)),
    (["percent sign"], SpokenMark("%", .apart)),
    (["caret"], SpokenMark("^", .apart)),
    (["tilde"], SpokenMark("~", .right)),
    (["at sign"], SpokenMark("@", .tight)),
    (["hash", "hash sign", "pound sign"], SpokenMark("#", .right)),
    (["dollar sign"], SpokenMark("$", .right)),
    (["back tick", "backtick"], SpokenMark("`", .pair)),
    (["double quote"], SpokenMark("\"", .pair)),
    (["single quote"], SpokenMark("'", .pair)),
    (["open paren", "open parenthesis", "left paren"], SpokenMark("(", .call)),
    (["close paren", "close parenthesis", "right paren"], SpokenMark(")", .left)),
    (["open bracket", "open square", "left bracket"], SpokenMark("[", .call)),
    (["close bracket", "close square", "right bracket"], SpokenMark("]", .left)),
    (["open brace", "open curly", "left brace"], SpokenMark("{", .apart)),
    (["close brace", "close curly", "right brace"], SpokenMark("}", .apart)),
    (["open angle", "left angle"], SpokenMark("<", .tight)),
    (["close angle", "right angle"], SpokenMark(">", .left)),
  ]
}
