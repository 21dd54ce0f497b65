internal import System

/// Recordings of a run that nobody has taken yet.
final class RecordingQueue: Sendable {
  /// All of the run.
  let inputs: [TranscriptionInput]
  /// Indices that are left, the next one last; nil after the end of the run.
  private let left: Monitor<[Int]?>

  /// Lines up all recordings.
  ///
  /// - Parameters:
  ///   - inputs: The recordings.
  ///   - chosen: Indices of those that are heard, in order.
  ///   - longestFirst: Whether those come first that take longest, so that no job is left with one
  ///     of them when the others have ended; otherwise they keep their order.
  init(_ inputs: [TranscriptionInput], _ chosen: [Int], longestFirst: Bool) {
    self.inputs = inputs
    var order = chosen
    if longestFirst {
      let sizes = inputs.map(\.expectedSize)
      order.sort { (sizes[$1], $0) < (sizes[$0], $1) }
    }
    left = Monitor(order.reversed())
  }

  /// The next recording's index; nil where there is nothing more to do.
  func next() -> Int? { left.withLock { $0?.popLast() } }

  /// Ends the run: what is not done by now will not be.
  func stop() { left.withLock { $0 = nil } }

  /// Whether the run was ended.
  var isStopped: Bool { left.withLock { $0 == nil } }
}

extension TranscriptionInput {
  /// About how many bytes there are to hear; a pipe may be of any length.
  fileprivate var expectedSize: Int {
    guard path != "-", let status = try? FileStatus(of: path), status.kind == .regular else {
      return .max
    }
    // As long as a recording of 16 kHz and 16 bits would be.
    return part.duration.map { min(status.size, Int(min($0, 1e9) * 32_000)) } ?? status.size
  }
}
