/// Dates: "march third twenty twenty six", "the third of march", "twenty twenty six dash one dash
/// two".
enum Dates {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// Writes a date that begins with the name of a month, or with a day's place in it.
  static func date(_ reader: WordReader) throws(Undecided) -> Match? {
    if let month = month(reader.first) { return try behind(month, reader) }
    guard let (day, count) = try Ordinal.day(reader, at: 0), reader.last(of: count).mark.isEmpty,
      try reader.following(count)?.key == "of", let name = try reader.following(count + 1),
      let month = month(name)
    else { return nil }
    let (text, used) = ("\(Ordinal.written(day)) of \(month)", count + 2)
    guard let (year, words) = try year(reader, at: used) else {
      return Match(used, Piece(text, .written), in: reader)
    }
    return Match(used + words, Piece("\(text) \(year)", .written), in: reader)
  }

  /// Writes "2026-01-02" where the parts are told with dashes between them.
  static func numeric(_ reader: WordReader, _ run: NumberRun) throws(Undecided) -> Match? {
    guard run.digits.utf8.count == 4, run.isOneNumber, run.scaleWord == nil else { return nil }
    var (text, count) = (run.digits, run.count)
    for limit in [12, 31] {
      guard let dash = try reader.following(count), dash.key == "dash" || dash.key == "hyphen",
        try reader.following(count + 1) != nil,
        let part = try NumberRun.read(reader, at: count + 1, mayBeginWithOh: true),
        let value = Int(part.digits), (1...limit).contains(value), part.scaleWord == nil
      else { return nil }
      text += value < 10 ? "-0\(value)" : "-\(value)"
      count += 1 + part.count
    }
    return Match(count, Piece(text, .written), in: reader)
  }

  private static func behind(_ month: String, _ reader: WordReader) throws(Undecided) -> Match? {
    guard try reader.following(1) != nil else { return nil }
    if let (day, count) = try Ordinal.day(reader, at: 1) {
      return try dated(month, day, 1 + count, reader)
    }
    // "may" and "march" are words of prose; the others need no ordinal.
    guard let run = try NumberRun.read(reader, at: 1), !run.isLiteral else { return nil }
    if run.groups.count == 1, let day = run.value, (1...31).contains(day), run.scaleWord == nil {
      return month == "May" || month == "March"
        ? nil : try dated(month, day, 1 + run.count, reader)
    }
    guard let split = dayAndYear(run) else { return nil }
    return Match(1 + run.count, Piece("\(month) \(split.day), \(split.year)", .written), in: reader)
  }

  private static func dated(
    _ month: String, _ day: Int, _ used: Int, _ reader: WordReader
  ) throws(Undecided) -> Match? {
    guard let (year, count) = try year(reader, at: used) else {
      return Match(used, Piece("\(month) \(day)", .written), in: reader)
    }
    return Match(used + count, Piece("\(month) \(day), \(year)", .written), in: reader)
  }

  /// "three twenty twenty six": a day and a year in one breath.
  private static func dayAndYear(_ run: NumberRun) -> (day: Int, year: String)? {
    guard run.scaleWord == nil, let first = run.groups.first, let day = Int(first),
      (1...31).contains(day)
    else { return nil }
    let year = run.groups.dropFirst().joined()
    return isYear(year) ? (day, year) : nil
  }

  /// The year that is said at a place, with or without a comma before it.
  private static func year(
    _ reader: WordReader, at place: Int
  ) throws(Undecided) -> (String, Int)? {
    guard reader.last(of: place).mark.allSatisfy({ $0 == "," }),
      let first = try reader.following(place, across: true), first.lead.isEmpty,
      let run = try NumberRun.read(reader, at: place), isYear(run.digits), run.scaleWord == nil
    else { return nil }
    return (run.digits, run.count)
  }

  private static func isYear(_ digits: String) -> Bool {
    digits.utf8.count == 4 && Int(digits).map { (1000...2999).contains($0) } ?? false
  }

  /// The name of a month, with its capital.
  private static func month(_ word: HeardWord) -> String? {
    guard months.contains(word.key) else { return nil }
    return word.key.prefix(1).uppercased() + word.key.dropFirst()
  }
}
