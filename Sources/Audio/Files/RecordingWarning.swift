/// What somebody must know who relies on the transcript of a recording: parts of it that were not
/// heard, or not as they were recorded.
///
/// All times are in seconds from its first sample.
package enum RecordingWarning: Equatable, Sendable {
  /// Less is there than its header promises.
  case ends(heard: Double, promised: Double)
  /// It has sound, or other bytes of that length, behind the end that its header tells.
  case unread(Double)
  /// Another recording was put behind its end, and was not heard.
  case followed
  /// The mark is missing that its format has at the end.
  case unfinished(heard: Double)
  /// Stretches of which nothing is known; silence takes their place.
  case gaps([Range<Double>])
  /// It cannot be decoded, at a place where that is known; what follows may be missing.
  case damaged(at: Double?, reason: String)
  /// What the program that decodes it complains of.
  case complaints(program: String, count: Int, first: String)
  /// Stretches in which its channels cancel each other, so that the strongest was heard alone.
  case cancelling([Range<Double>])
  /// It has several audio tracks, of which one was heard.
  case tracks([AudioTrack], heard: Int)

  /// What is to be known, as the end of the sentence that starts with the recording's name.
  package var reason: String {
    switch self {
    case .ends(let heard, let promised):
      "ends \(seconds(promised - heard)) before its header says: of \(seconds(promised)) only "
        + "\(seconds(heard)) are there"
    case .unread(let length):
      "goes on for \(seconds(length)) behind the end that its header tells; that was not heard"
    case .followed: "is followed by another recording in the same file, which was not heard"
    case .unfinished(let heard):
      "has no mark at its end and may have been cut: \(seconds(heard)) are there"
    case .gaps(let gaps): "is damaged, or was paused: nothing is known \(listed(gaps))"
    case .damaged(let place, let reason):
      "is damaged\(place.map { " at \(seconds($0))" } ?? ""), and something may be missing: "
        + reason
    case .complaints(let program, let count, let first):
      count == 1
        ? "\(program) complains of it: \(first)"
        : "\(program) complains of it \(count) times, first: \(first)"
    case .cancelling(let stretches):
      "has channels that cancel each other; the strongest alone was heard \(listed(stretches))"
    case .tracks(let tracks, let heard):
      "has \(tracks.count) audio tracks, \(tracks.map(\.description).joined(separator: ", ")); "
        + "only track \(heard) was heard"
    }
  }

  /// Stretches that are named; of more of them the rest is counted.
  private static let mostNamed = 5

  private func listed(_ stretches: [Range<Double>]) -> String {
    let named = stretches.prefix(Self.mostNamed).map {
      "from \(seconds($0.lowerBound, 100)) to \(seconds($0.upperBound, 100))"
    }
    let rest = stretches.dropFirst(Self.mostNamed)
    let length = rest.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    return named.joined(separator: ", ")
      + (rest.isEmpty ? "" : ", and in \(rest.count) more places for \(seconds(length))")
  }
}

/// One of the sound tracks of a video.
package struct AudioTrack: Equatable, Sendable, CustomStringConvertible {
  /// Counted from 1 among those with sound.
  package var number: Int
  /// The language that it is marked with, as ffmpeg spells it: `eng`.
  package var language: String?

  /// `2 (eng)`.
  package var description: String { language.map { "\(number) (\($0))" } ?? "\(number)" }
}

/// A time with one place, two where it is short.
private func seconds(_ value: Double, _ places: Double = 10) -> String {
  let places = abs(value) < 0.95 ? 100 : places
  return "\((value * places).rounded() / places) s"
}
