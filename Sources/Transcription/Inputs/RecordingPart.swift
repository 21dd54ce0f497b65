/// Which part of a recording is heard.
package struct RecordingPart: Equatable, Sendable {
  /// Where it begins, in seconds, a year at most.
  package let offset: Double
  /// How long it is, in seconds; nil for all that follows.
  package let duration: Double?

  private static let rate = 16_000.0

  /// A part of a recording, or all of it.
  package init(offset: Double = 0, duration: Double? = nil) {
    (self.offset, self.duration) = (offset, duration)
  }

  /// Whether it is all of the recording.
  var isWhole: Bool { offset == 0 && duration == nil }

  /// The sample behind its last.
  var end: Int { duration.map { Self.place(offset + $0) } ?? .max }

  /// Which of some samples belong to it.
  ///
  /// - Parameter samples: Their places in the recording.
  /// - Returns: Their places among those.
  func samples(of samples: Range<Int>) -> Range<Int> {
    let begin = Self.place(offset)
    let heard = (begin..<max(begin, end)).clamped(to: samples)
    return heard.lowerBound - samples.lowerBound..<heard.upperBound - samples.lowerBound
  }

  /// How long it is in a recording of so many seconds.
  func seconds(of recording: Double?) -> Double? {
    guard let recording else { return duration }
    return min(duration ?? .infinity, max(0, recording - offset))
  }

  private static func place(_ seconds: Double) -> Int { Int((seconds * rate).rounded()) }
}
