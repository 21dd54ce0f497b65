public import Foundation

/// A recording of any length with known words: a committed one, said again and again.
public struct Recording {
  /// 16 kHz, mono.
  public let samples: [Float]
  /// What the small model of the tests hears in it, word by word.
  public let text: String

  /// Seconds from the first sample to the last.
  public var duration: Double { Double(samples.count) / 16_000 }

  /// Joins speech and pauses.
  ///
  /// - Parameters:
  ///   - seconds: How long the speech with its pauses shall be, at least 2.5; it begins and ends
  ///     with a part of a pause.
  ///   - before: Seconds of silence in front of all that.
  ///   - after: Seconds of silence behind it.
  /// - Throws: Where a committed recording cannot be read.
  public init(seconds: Double, silenceBefore before: Double = 0, after: Double = 0) throws {
    precondition(seconds >= 2.5, "no room for a sentence")
    let sentence = try Sentence()
    let total = Int(seconds * 16_000)
    let count = total / Sentence.turn
    var numbers = Seeded(1)
    let speech = (0..<count).flatMap { _ in sentence.withPause(&numbers) }
    samples =
      [Float](repeating: 0, count: Int(before * 16_000)) + speech
      + [Float](repeating: 0, count: total - speech.count + Int(after * 16_000))
    text = [String](repeating: sentence.text, count: count).joined(separator: " ")
  }

  /// Writes a 16-bit WAV file, 16 kHz mono.
  public func write(to file: URL) throws {
    try Wave(samples.map { Int16(($0 * 32_768).rounded()) }).bytes().write(to: file)
  }

  /// The one in which the small model hears the same wherever encoder frames begin.
  ///
  /// In the others a blank's duration leads the search past a word at one place in a hundred or
  /// so, in one pass as well. In this one "eight" may be heard as "six" where a window begins less
  /// than half a second before it.
  private struct Sentence {
    let samples: [Float]
    let text = "eight one zero"

    /// Samples from a sentence to the next: 2.5 s.
    static let turn = 40_000
    /// Samples of a turn in front of the sentence.
    private static let start = 9_600
    /// Samples of digital silence at each end of a turn.
    ///
    /// The windows of a long recording end where it is quietest. The rest of a pause is faint
    /// noise, so that they end far from both words; were all of it silent, they would end just
    /// before the next one.
    private static let silence = 3_200

    init() throws {
      samples = try Recordings.samples(Fixtures.committed.appending(path: "audio/digits_02.flac"))
    }

    /// The sentence and what a pause has on each side of it.
    func withPause(_ numbers: inout Seeded) -> [Float] {
      var turn = [Float](repeating: 0, count: Self.turn)
      for index in Self.silence..<Self.turn - Self.silence {
        // The least that 16 bits can hold.
        turn[index] = Float(Int.random(in: -1...1, using: &numbers)) / 32_768
      }
      turn.replaceSubrange(Self.start..<Self.start + samples.count, with: samples)
      return turn
    }
  }
}
