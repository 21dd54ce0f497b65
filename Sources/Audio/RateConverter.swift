internal import CSoxr

/// Converts a stream to 16 kHz with libsoxr's "HQ" recipe, which is what NeMo's loader uses.
///
/// The output starts with the input, without delay. It comes in bursts: after 20 ms of input at
/// 48 kHz there may be none or 31 ms of it.
final class RateConverter {
  private let handle: OpaquePointer

  /// Prepares the conversion from `rate`; nil where libsoxr refuses it.
  init?(rate: Int) {
    var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
    guard let handle = soxr_create(Double(rate), 16_000, 1, nil, nil, &quality, nil) else {
      return nil
    }
    self.handle = handle
  }

  deinit { soxr_delete(handle) }

  /// Takes input and gives output, either as far as it can.
  ///
  /// - Parameters:
  ///   - input: Samples at the rate of the stream; nil says that it has ended.
  ///   - samples: Room for samples at 16 kHz.
  /// - Returns: How many samples of the input were taken, and how many of the output given.
  func convert(
    _ input: UnsafeBufferPointer<Float>?, into samples: UnsafeMutableBufferPointer<Float>
  ) -> (taken: Int, given: Int) {
    var (taken, given) = (0, 0)
    let error = soxr_process(
      handle, input?.baseAddress, input?.count ?? 0, &taken, samples.baseAddress, samples.count,
      &given)
    precondition(error == nil, "libsoxr refused its own stream")
    return (taken, given)
  }
}
