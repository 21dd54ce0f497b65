/// Reads a take from its start, as far as it goes.
struct TakeReader {
  /// The place of the next sample.
  private(set) var position = 0
  private let take: Take
  private var block: [Float]

  /// Starts at the first sample.
  ///
  /// - Parameters:
  ///   - take: What to read.
  ///   - block: Samples to read at a time.
  init(_ take: Take, block: Int = 3_200) {
    self.take = take
    self.block = Array(repeating: 0, count: block)
  }

  /// Lends the next samples.
  ///
  /// - Parameters:
  ///   - end: The place before which to stop.
  ///   - body: Gets them.
  /// - Returns: false where there are none yet.
  /// - Throws: What the body throws.
  mutating func next<Failure: Error>(
    before end: Int, _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let wanted = min(block.count, end - position)
    guard wanted > 0 else { return false }
    let start = position
    let count = block.withUnsafeMutableBufferPointer {
      take.read(at: start, into: $0.extracting(0..<wanted))
    }
    guard count > 0 else { return false }
    position += count
    try block.withUnsafeBufferPointer { block throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: block[..<count]))
    }
    return true
  }
}
