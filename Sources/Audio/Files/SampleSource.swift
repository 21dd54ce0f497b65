/// A decoder that delivers all channels at the rate of its file.
///
/// A frame is one sample of each channel.
protocol SampleSource: AnyObject {
  /// Frames per second.
  var rate: Int { get }
  /// Samples in a frame.
  var channels: Int { get }
  /// Length in frames where the recording tells it, or it can be guessed.
  var expectedCount: Int? { get }
  /// Length in frames that the recording vouches for, and the seconds by which it may be wrong.
  var promise: (count: Int, tolerance: Double)? { get }
  /// Frames delivered so far.
  var decodedCount: Int { get }
  /// What is to be known of that which was delivered so far.
  var warnings: [RecordingWarning] { get }
  /// Writes the next frames, channels interleaved.
  ///
  /// - Parameter samples: Room for one frame at least.
  /// - Returns: The number of frames; 0 at the end.
  /// - Throws: `AudioError.badData` for what is no sound, or cannot be decoded from its start on.
  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int
}

extension SampleSource {
  /// Refuses values that no sound has, before they spread through resampling and features.
  func check(_ samples: Slice<UnsafeMutableBufferPointer<Float>>, path: String) throws(AudioError) {
    for (index, sample) in samples.enumerated() where !(abs(sample) < loudest) {
      throw .badData(path: path, .value(sample, sample: decodedCount + index / channels))
    }
  }
}

/// Far above any scaling in use (±1, ±32768, ±2³¹); beyond it sums of squares overflow.
private let loudest: Float = 1e12
