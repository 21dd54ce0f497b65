/// "snake user id": a command, and the words of a name behind it.
///
/// The name ends before a pause of half a second, before a mark that is spoken or another command,
/// behind a word that has a mark, behind "over", which is not written, or after twelve words. A
/// command is none behind an article or the like ("the camel"), or without a word behind it.
struct CasingCommands: Sendable {
  private let commands = PhraseTable(IdentifierCase.commands)

  /// Words that a name may have.
  private static let longest = 12
  /// What is said to end a name.
  static let end = "over"

  /// The command that begins at a place.
  func command(
    _ reader: WordReader, at start: Int = 0
  ) throws(Undecided) -> (value: IdentifierCase, count: Int)? {
    try commands.longest(reader, at: start)
  }

  /// Writes a name whose command is the first word.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - term: Finds a term at a place.
  ///   - isCommand: Tells whether something else begins at a place.
  /// - Returns: nil where the word is no command.
  /// - Throws: `Undecided` where the name may go on.
  func name(
    _ reader: WordReader, term: (Int) throws(Undecided) -> FoundTerm?,
    isCommand: (Int) throws(Undecided) -> Bool
  ) throws(Undecided) -> Match? {
    guard let command = try command(reader) else { return nil }
    var (count, said) = (command.count, 0)
    var words: [String] = []
    while said < Self.longest, let word = try reader.following(count, inName: true) {
      if word.key == Self.end {
        if said > 0 { count += 1 }
        break
      }
      if try isCommand(count) { break }
      if let term = try term(count) {
        words += command.value.keepsWords ? [term.text] : nameParts(term.text)
        count += term.count
      } else {
        words += command.value.keepsWords ? [word.core] : Self.parts(of: word)
        count += 1
      }
      said += 1
    }
    guard !words.isEmpty else { return nil }
    if !command.value.keepsWords { words = Self.joiningLetters(words) }
    return Match(count, Piece(command.value.written(words), .written), in: reader)
  }

  /// The parts of a word: "user-id" is two, "don't" is one.
  private static func parts(of word: HeardWord) -> [String] {
    nameParts(word.core.lowercased().filter { $0 != "'" && $0 != "’" })
  }

  /// Letters that follow each other are spelled: "h t t p" is a word.
  private static func joiningLetters(_ words: [String]) -> [String] {
    var joined: [String] = []
    var isSpelled = false
    for word in words {
      let isLetter = word.count == 1
      if isLetter, isSpelled { joined[joined.count - 1] += word } else { joined.append(word) }
      isSpelled = isLetter
    }
    return joined
  }
}
