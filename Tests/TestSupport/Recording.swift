public import Foundation

/// A recording of any length with known words, joined from the committed ones.
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
    precondition(seconds >= 5, "no room for two sentences")
    let sentences = try Sentence.all()
    let total = Int(seconds * 16_000)
    var chosen: [Sentence] = []
    var length = 0
    while true {
      // In turn, and at the end what still fits.
      let turn = (0..<sentences.count).map { sentences[(chosen.count + $0) % sentences.count] }
      let step = chosen.isEmpty ? 0 : shortestPause
      guard let next = turn.first(where: { length + step + $0.samples.count <= total }) else {
        break
      }
      chosen.append(next)
      length += step + next.samples.count
    }
    // What is left makes the pauses longer.
    let pauses = chosen.count - 1
    var speech = chosen[0].samples
    for (index, sentence) in chosen.dropFirst().enumerated() {
      let rest = (total - length) * (index + 1) / pauses - (total - length) * index / pauses
      speech += [Float](repeating: 0, count: shortestPause + rest) + sentence.samples
    }
    samples =
      [Float](repeating: 0, count: Int(before * 16_000)) + speech
      + [Float](repeating: 0, count: Int(after * 16_000))
    text = chosen.map(\.text).joined(separator: " ")
  }

  /// Writes a 16-bit WAV file, 16 kHz mono.
  public func write(to file: URL) throws {
    try Wave(samples.map { Int16(($0 * 32_768).rounded()) }).bytes().write(to: file)
  }

  private struct Sentence {
    let samples: [Float]
    let text: String

    /// Those in which the small model hears the same as in each alone when they follow one another
    /// in the order of `expected.json`.
    private static let robust: Set = ["digits_03.flac", "digits_06.flac", "digits_12.flac"]

    static func all() throws -> [Sentence] {
      let folder = Fixtures.committed.appending(path: "audio")
      let data = try Data(contentsOf: folder.appending(path: "expected.json"))
      return try JSONDecoder().decode([Expectation].self, from: data)
        .filter { robust.contains($0.file) }
        .map {
          Sentence(
            samples: try Recordings.samples(folder.appending(path: $0.file)), text: $0.text)
        }
    }
  }

  private struct Expectation: Decodable {
    let file: String
    let text: String
  }
}

/// Samples of silence between two sentences at least.
private let shortestPause = 9_600
