/// Reads a source at 16 kHz.
///
/// n samples of the source give round(n · 16000 / rate) samples.
final class Resampler {
  private let rate: Int
  private let converter: RateConverter
  private let input: UnsafeMutableBufferPointer<Float>
  private var pending = 0..<0
  private var ended = false
  private var consumed = 0
  private var produced = 0

  /// Prepares the conversion from `rate`; nil where libsoxr refuses it.
  init?(rate: Int) {
    guard let converter = RateConverter(rate: rate) else { return nil }
    self.rate = rate
    self.converter = converter
    input = .allocate(capacity: 16_384)
  }

  deinit { input.deallocate() }

  /// Writes the next samples at 16 kHz and returns their number; 0 at the end.
  func read(
    into samples: UnsafeMutableBufferPointer<Float>, from source: MonoSource
  ) throws(AudioError) -> Int {
    while true {
      if pending.isEmpty && !ended {
        pending = 0..<(try source.read(into: input))
        consumed += pending.count
        ended = pending.isEmpty
      }
      let rest = ended ? nil : UnsafeBufferPointer(input.extracting(pending))
      var (taken, given) = converter.convert(rest, into: samples)
      pending = (pending.lowerBound + taken)..<pending.upperBound
      if ended { given = complete(samples, given) }
      produced += given
      if given > 0 || ended { return given }
    }
  }

  /// Trims or fills the last samples to the exact length and returns how many are due.
  private func complete(_ samples: UnsafeMutableBufferPointer<Float>, _ given: Int) -> Int {
    let total = Int((Double(consumed) * 16_000 / Double(rate)).rounded())
    let due = min(total - produced, samples.count)
    guard given < due else { return max(0, due) }
    // Zeros only when libsoxr has nothing left.
    if given > 0 { return given }
    samples.extracting(0..<due).update(repeating: 0)
    return due
  }
}
