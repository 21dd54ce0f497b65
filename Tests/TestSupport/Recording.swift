public import Foundation

/// A recording of any length with known words: a committed one, said again and again.
public struct Recording {
  /// 16 kHz, mono.
  public let samples: [Float]
  /// What the small model of the tests hears in it, word by word.
  public let text: String

  /// Seconds from the first sample to the last.
  public var duration: Double { Double(samples.count) / 16_000 }

  /// Joins speech and pauses to a recording that begins and ends with a word.
  ///
  /// - Parameters:
  ///   - seconds: How long the speech with its pauses shall be, at least 5.
  ///   - before: Seconds of silence in front of it.
  ///   - after: Seconds of silence behind it.
  /// - Throws: Where a committed recording cannot be read.
  public init(seconds: Double, silenceBefore before: Double = 0, after: Double = 0) throws {
    precondition(seconds >= 5, "no room for a pause")
    let sentence = try Sentence()
    let total = Int(seconds * 16_000)
    let count = (total + shortestPause) / (sentence.samples.count + shortestPause)
    let pauses = count - 1
    // What is left makes the pauses longer.
    let silence = total - count * sentence.samples.count
    var speech = sentence.samples
    for index in 0..<pauses {
      let pause = silence * (index + 1) / pauses - silence * index / pauses
      speech += [Float](repeating: 0, count: pause) + sentence.samples
    }
    samples =
      [Float](repeating: 0, count: Int(before * 16_000)) + speech
      + [Float](repeating: 0, count: Int(after * 16_000))
    text = [String](repeating: sentence.text, count: count).joined(separator: " ")
  }

  /// Writes a 16-bit WAV file, 16 kHz mono.
  public func write(to file: URL) throws {
    try Wave(samples.map { Int16(($0 * 32_768).rounded()) }).bytes().write(to: file)
  }

  /// The one in which the small model hears the same wherever encoder frames begin.
  ///
  /// In the others a blank's duration leads the search past a word at one place in a hundred or
  /// so, in one pass as well.
  private struct Sentence {
    let samples: [Float]
    let text = "eight one zero"

    init() throws {
      samples = try Recordings.samples(Fixtures.committed.appending(path: "audio/digits_02.flac"))
    }
  }
}

/// Samples of silence between two sentences at least.
private let shortestPause = 9_600
