internal import CSoxr

/// Converts a stream to 16 kHz with libsoxr's "HQ" recipe, which is what NeMo's loader uses.
///
/// The output starts with the input, without delay, and n input samples give
/// round(n · 16000 / rate) output samples.
final class Resampler {
  private let rate: Int
  private let handle: OpaquePointer
  private let input = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_384)
  private var pending = 0..<0
  private var ended = false
  private var consumed = 0
  private var produced = 0

  /// Prepares the conversion from `rate`; nil where libsoxr refuses it.
  init?(rate: Int) {
    var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
    guard let handle = soxr_create(Double(rate), 16_000, 1, nil, nil, &quality, nil) else {
      return nil
    }
    self.rate = rate
    self.handle = handle
  }

  deinit {
    soxr_delete(handle)
    input.deallocate()
  }

  /// Writes the next samples at 16 kHz and returns their number; 0 at the end.
  func read(
    into samples: UnsafeMutableBufferPointer<Float>, from source: any SampleSource
  ) throws(AudioError) -> Int {
    while true {
      if pending.isEmpty && !ended {
        pending = 0..<(try source.read(into: input))
        consumed += pending.count
        ended = pending.isEmpty
      }
      var taken = 0
      var given = 0
      let start = ended ? nil : input.baseAddress?.advanced(by: pending.lowerBound)
      let error = soxr_process(
        handle, start, pending.count, &taken, samples.baseAddress, samples.count, &given)
      precondition(error == nil, "libsoxr refused its own stream")
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
