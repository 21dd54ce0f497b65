/// Times of the day: "three thirty p m", "at ten oh five", "five o'clock".
enum Times {
  private static let halves: [String: String] = [
    "am": "am", "pm": "pm", "a.m": "am", "p.m": "pm", "a.m.": "am", "p.m.": "pm",
  ]

  /// Writes a time whose hour begins a run of number words.
  static func time(
    _ reader: WordReader, _ run: NumberRun, after before: WordBefore
  ) throws(Undecided) -> Match? {
    guard let (hour, minutes) = parts(of: run) else { return nil }
    let next = try reader.following(run.count)
    if minutes == nil, let next, next.key == "o'clock" {
      return Match(run.count + 1, Piece("\(hour) o'clock", .written), in: reader)
    }
    let clock = minutes.map { "\(hour):\($0)" } ?? "\(hour)"
    if (1...12).contains(hour), let (half, count) = try half(reader, at: run.count) {
      return Match(run.count + count, Piece("\(clock) \(half)", .written), in: reader)
    }
    guard minutes != nil, before.key == "at" else { return nil }
    return Match(run.count, Piece(clock, .written), in: reader)
  }

  /// The half of the day that is named at a place, and in how many words.
  private static func half(
    _ reader: WordReader, at place: Int
  ) throws(Undecided) -> (String, Int)? {
    guard let word = try reader.following(place) else { return nil }
    if let half = halves[word.key] { return (half, 1) }
    guard word.key == "a" || word.key == "p", let next = try reader.following(place + 1),
      next.key == "m"
    else { return nil }
    return (word.key + "m", 2)
  }

  /// Hour and minutes, where a run can be a time.
  private static func parts(of run: NumberRun) -> (hour: Int, minutes: String?)? {
    guard run.scaleWord == nil, let first = run.groups.first, first.utf8.count <= 2,
      let hour = Int(first), (0...23).contains(hour)
    else { return nil }
    switch run.groups.count {
    case 1: return (hour, nil)
    case 2:
      let minutes = run.groups[1]
      guard minutes.utf8.count == 2, (10...59).contains(Int(minutes) ?? 0) else { return nil }
      return (hour, minutes)
    // "oh five"
    case 3 where run.groups[1] == "0" && run.groups[2].utf8.count == 1:
      return (hour, "0" + run.groups[2])
    default: return nil
    }
  }
}
