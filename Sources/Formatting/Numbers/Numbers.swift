/// Numbers, versions, times and dates in digits.
///
/// A single word below ten stays a word, as prose has it, unless something says that a number is
/// meant: "version", "port" and the like before it, a mark of a program, or a fraction, "percent"
/// or the time of day behind it.
enum Numbers {
  /// Words before a number that is one even where prose would spell it.
  private static let labels: Set<String> = [
    "version", "port", "line", "page", "chapter", "section", "step", "figure", "table", "number",
    "issue", "item", "room", "level", "option", "column", "row", "release", "python", "swift",
  ]

  /// Writes a number that begins with the first word.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - before: What stands before them.
  /// - Returns: nil where there is none, or one that stays as it is.
  /// - Throws: `Undecided` where it may go on.
  static func number(
    _ reader: WordReader, after before: WordBefore
  ) throws(Undecided) -> Match? {
    switch reader.first.key {
    case "a": return try hundreds(reader)
    case "v": return try version(reader)
    default: break
    }
    if let date = try Dates.date(reader) { return date }
    if let number = try Hexadecimal.number(reader) { return number }
    guard let run = try NumberRun.read(reader, at: 0) else { return nil }
    if let time = try Times.time(reader, run, after: before) { return time }
    if let date = try Dates.numeric(reader, run) { return date }
    return try plain(reader, run, isWanted: labels.contains(before.key) || before.isSymbol)
  }

  /// "a hundred and five", but not "a hundred" alone, which may be many.
  private static func hundreds(_ reader: WordReader) throws(Undecided) -> Match? {
    guard let next = try reader.following(1), let word = NumberWord(next),
      word.isRound, try reader.following(2) != nil
    else { return nil }
    guard let run = try NumberRun.read(reader.replacingFirst(with: "one"), at: 0), run.count > 2,
      run.groups.count == 1, run.scaleWord == nil
    else { return nil }
    return Match(run.count, Piece(run.digits, .written), in: reader)
  }

  /// "v two point one": v2.1.
  private static func version(_ reader: WordReader) throws(Undecided) -> Match? {
    guard try reader.following(1) != nil, let run = try NumberRun.read(reader, at: 1),
      run.isOneNumber, run.scaleWord == nil
    else { return nil }
    let (text, count) = try fractions(reader, run, at: 1)
    return Match(1 + count, Piece(reader.first.core + text, .written), in: reader)
  }

  /// "minus five": -5; behind a number it is a subtraction, and stays.
  static func negative(
    _ reader: WordReader, after before: WordBefore
  ) throws(Undecided) -> Match? {
    guard reader.first.key == "minus", !before.isNumber, try reader.following(1) != nil,
      let run = try NumberRun.read(reader, at: 1), run.isOneNumber
    else { return nil }
    let (text, count) = try fractions(reader, run, at: 1)
    return Match(1 + count, number("-" + text, run), in: reader)
  }

  private static func plain(
    _ reader: WordReader, _ run: NumberRun, isWanted: Bool
  ) throws(Undecided) -> Match? {
    var (text, count) = try fractions(reader, run, at: 0)
    let hasFraction = count > run.count
    let percent = try percentWords(reader, at: count)
    if percent > 0 {
      text += "%"
      count += percent
    }
    guard hasFraction || percent > 0 || !run.isSmall && !run.isLiteral || isWanted else {
      return nil
    }
    // What the model wrote is not written again.
    if run.isLiteral, count == run.count { return nil }
    return Match(count, number(text, run), in: reader)
  }

  private static func number(_ text: String, _ run: NumberRun) -> Piece {
    Piece(text + (run.scaleWord.map { " \($0)" } ?? ""), .written)
  }

  /// A number with what "point" or "dot" joins to it, and its words.
  private static func fractions(
    _ reader: WordReader, _ run: NumberRun, at start: Int
  ) throws(Undecided) -> (text: String, count: Int) {
    var (text, count) = (run.digits, run.count)
    guard run.scaleWord == nil, run.isOneNumber else { return (text, count) }
    while let point = try reader.following(start + count),
      point.key == "point" || point.key == "dot", point.mark.isEmpty,
      try reader.following(start + count + 1) != nil,
      let part = try NumberRun.read(reader, at: start + count + 1, mayBeginWithOh: true),
      part.isOneNumber
    {
      text += "." + part.digits + (part.scaleWord.map { " \($0)" } ?? "")
      count += 1 + part.count
      if part.scaleWord != nil { break }
    }
    return (text, count)
  }

  /// How many words say percent at a place.
  private static func percentWords(
    _ reader: WordReader, at place: Int
  ) throws(Undecided) -> Int {
    guard let word = try reader.following(place) else { return 0 }
    if word.key == "percent" { return 1 }
    guard word.key == "per", try reader.following(place + 1)?.key == "cent" else { return 0 }
    return 2
  }
}
