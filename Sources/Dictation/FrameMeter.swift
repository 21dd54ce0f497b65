internal import Glibc

/// Measures 10 ms frames one after the other, however their samples arrive.
struct FrameMeter {
  /// Samples in a frame.
  static let length = 160

  /// What a frame sounds like.
  struct Reading: Equatable {
    /// Mean square above 200 Hz, in dB below full scale; −120 for digital silence.
    let level: Float
    /// Share of neighbouring samples with different signs: 0.5 in white noise, less than 0.2 in
    /// voiced speech.
    let crossings: Float
  }

  /// The samples of the last full frame above 200 Hz; silence if they were no numbers.
  private(set) var samples = [Float](repeating: 0, count: length)

  private var highPass = HighPass()
  private var energy = 0.0
  private var crossings = 0
  private var wasNegative = false
  private var count = 0

  /// Samples until the present frame is full, 1 … `length`.
  var missing: Int { Self.length - count }

  /// Takes samples in, no more than are missing.
  ///
  /// - Returns: The frame's reading once it is full.
  mutating func feed(_ new: UnsafeBufferPointer<Float>) -> Reading? {
    for sample in new {
      let value = highPass.filter(sample)
      samples[count] = Float(value)
      count += 1
      energy += value * value
      if (value < 0) != wasNegative { crossings += 1 }
      wasNegative = value < 0
    }
    guard count == Self.length else { return nil }
    defer {
      highPass.tidy()
      (energy, crossings, count) = (0, 0, 0)
    }
    // What is no sound at all must not pass for speech.
    guard energy.isFinite else {
      for index in samples.indices { samples[index] = 0 }
      return Reading(level: -120, crossings: 0)
    }
    return Reading(
      level: Float(10 * log10(energy / Double(Self.length) + 1e-12)),
      crossings: Float(crossings) / Float(Self.length))
  }
}
