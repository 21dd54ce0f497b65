/// The last samples of a recording, found by their place in the whole of it.
struct AudioStore {
  /// The place of the oldest sample in store.
  private(set) var start = 0
  private var samples: [Float] = []

  /// The place after the newest sample: the length of the recording so far.
  var end: Int { start + samples.count }

  mutating func append(_ new: UnsafeBufferPointer<Float>) { samples.append(contentsOf: new) }

  /// Drops what is older than a place, once it is a second: then moving the rest pays.
  mutating func drop(before place: Int) {
    guard place - start >= 16_000 else { return }
    samples.removeFirst(place - start)
    start = place
  }

  /// Lends samples that are in store.
  func withSamples<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try samples.withUnsafeBufferPointer { samples throws(Failure) in
      let known = range.lowerBound - start..<range.upperBound - start
      return try body(UnsafeBufferPointer(rebasing: samples[known]))
    }
  }
}
