/// A decoder that delivers one channel at the rate of its file.
protocol SampleSource: AnyObject {
  /// Samples per second.
  var rate: Int { get }
  /// Length in samples where the container tells it.
  var expectedCount: Int? { get }
  /// Samples delivered so far.
  var decodedCount: Int { get }
  /// Writes the next samples and returns their number; 0 at the end.
  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int
}

extension SampleSource {
  /// Refuses values that no sound has, before they spread through resampling and features.
  func check(_ samples: Slice<UnsafeMutableBufferPointer<Float>>, path: String) throws(AudioError) {
    for (index, sample) in samples.enumerated() where !(abs(sample) < loudest) {
      throw .badData(path: path, .value(sample, sample: decodedCount + index))
    }
  }
}

/// Far above any scaling in use (±1, ±32768, ±2³¹); beyond it sums of squares overflow.
private let loudest: Float = 1e12
