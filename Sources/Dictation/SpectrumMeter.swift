internal import Glibc

/// Measures the spectrum around one 10 ms frame after the other, and how it differs from those
/// before.
///
/// Its window holds the last 64 ms, so that a reading is about the time 32 ms ago. A reading takes
/// some 15 µs.
package struct SpectrumMeter {
  /// What the spectrum tells.
  package struct Reading: Equatable, Sendable {
    /// How regularly the sound repeats at a voice's pitch.
    ///
    /// 1 for a voice or tones that stand still, 0.1 for noise. It is the autocorrelation of the
    /// spectrum's magnitude, less bound to resonances than that of the signal: what clicks and
    /// rumble ring with stays below 0.35.
    package var voicing: Float = 0
    /// How alike the fine structure is to that of 80 ms ago, −1 … 1.
    ///
    /// Tones that stay where they are, hum and held notes, give more than 0.65, noise 0. A voice's
    /// pitch never stands still.
    package var held: Float = 0
    /// How much the shape changed in 80 ms, in dB.
    ///
    /// It is the spread of ten bands' changes, the level's own left out. Steady noise gives less
    /// than 3, a breath 4, speech often more than 5.
    package var change: Float = 0

    /// Silence.
    package init() {}
  }

  /// Frames from the middle of the window to its end.
  static let delay = 3
  /// Frames between two spectra that are held against each other by `held`.
  static let heldFrames = 8

  private static let window = 1_024
  private static let binWidth: Float = 16_000 / 1_024
  /// Frames between two shapes that are compared.
  private static let changeFrames = 8
  /// Bins of 200 … 4,000 Hz, where voices have their harmonics.
  private static let voiced = 13..<256
  /// Bins of 300 … 4,000 Hz, in which the fine structure is compared.
  private static let fine = 19..<256
  /// Bins on each side over which the fine structure is levelled: 50 Hz.
  private static let around = 3
  /// Samples from one period to the next in voices of 70 … 400 Hz.
  private static let periods = 40..<230
  /// Bins at which bands begin and end: 250 … 7,600 Hz.
  private static let edges = [16, 28, 44, 64, 89, 121, 166, 224, 300, 396, 486]
  private static let bands = edges.count - 1
  /// Power of a bin at 66 dB below full scale, under which bands are one: digital silence.
  private static let silence: Float = 1e-4
  /// dB below the loudest band under which a band's level does not matter.
  private static let depth: Float = 30

  private var fourier = RealFourier(count: window)
  private let taps = (0..<window).map { Float(0.5 - 0.5 * cos(2 * .pi * Double($0) / 1_024)) }
  private var samples = [Float](repeating: 0, count: window)
  private var scratch = [Float](repeating: 0, count: window)
  private var magnitudes = [Float](repeating: 0, count: window / 2 + 1)
  /// The last spectra's fine structures, `[heldFrames, fine]`, and the newest; each of length 1.
  private var structures = [Float](repeating: 0, count: heldFrames * fine.count)
  private var structure = [Float](repeating: 0, count: fine.count)
  /// The last spectra's shapes, `[changeFrames, bands]`, and the newest, in dB.
  private var shapes = [Float](repeating: 0, count: changeFrames * bands)
  private var shape = [Float](repeating: 0, count: bands)
  /// Spectra since it was idle.
  private var frames = 0

  /// Starts with silence.
  package init() {}

  /// Takes the next frame in.
  ///
  /// - Parameters:
  ///   - frame: `FrameMeter.length` samples above 200 Hz.
  ///   - isIdle: Whether it is too quiet to matter; then nothing is computed, and what came before
  ///     is forgotten.
  /// - Returns: What the spectrum tells.
  package mutating func feed(_ frame: UnsafeBufferPointer<Float>, isIdle: Bool = false) -> Reading {
    samples.withUnsafeMutableBufferPointer { samples in
      let kept = Self.window - frame.count
      for index in 0..<kept { samples[index] = samples[index + frame.count] }
      for index in 0..<frame.count { samples[kept + index] = frame[index] }
    }
    guard !isIdle else {
      frames = 0
      return Reading()
    }
    transform()
    var reading = Reading()
    (reading.voicing, reading.held, reading.change) = (voicing(), held(), change())
    frames += 1
    return reading
  }

  private mutating func transform() {
    samples.withUnsafeBufferPointer { samples in
      scratch.withUnsafeMutableBufferPointer { scratch in
        for index in 0..<Self.window { scratch[index] = samples[index] * taps[index] }
        magnitudes.withUnsafeMutableBufferPointer { magnitudes in
          fourier.transform(UnsafeBufferPointer(scratch)) { bin, real, imaginary in
            magnitudes[bin] = (real * real + imaginary * imaginary).squareRoot()
          }
        }
      }
    }
  }

  private mutating func voicing() -> Float {
    var (total, most) = (Float(0), Float(0))
    scratch.withUnsafeMutableBufferPointer { scratch in
      scratch.update(repeating: 0)
      for bin in Self.voiced {
        (scratch[bin], scratch[Self.window - bin]) = (magnitudes[bin], magnitudes[bin])
      }
      fourier.transform(UnsafeBufferPointer(scratch)) { period, real, _ in
        if period == 0 { total = real }
        if Self.periods.contains(period) { most = max(most, real) }
      }
    }
    return total > 0 ? most / total : 0
  }

  private mutating func held() -> Float {
    let around = Self.around
    let width = Float(2 * around + 1)
    var (energy, product) = (Float(0), Float(0))
    let place = frames % Self.heldFrames * Self.fine.count
    for bin in Self.fine.lowerBound - around..<Self.fine.upperBound + around {
      scratch[bin] = magnitudes[bin].squareRoot()
    }
    var sum = scratch[Self.fine.lowerBound - around..<Self.fine.lowerBound + around].reduce(0, +)
    for (index, bin) in Self.fine.enumerated() {
      sum += scratch[bin + around]
      structure[index] = scratch[bin] - sum / width
      sum -= scratch[bin - around]
      energy += structure[index] * structure[index]
    }
    let scale = energy > 0 ? 1 / energy.squareRoot() : 0
    for index in structure.indices {
      let value = structure[index] * scale
      product += value * structures[place + index]
      structures[place + index] = value
    }
    return frames < Self.heldFrames ? 0 : product
  }

  private mutating func change() -> Float {
    var (loudest, mean, spread) = (-Float.infinity, Float(0), Float(0))
    for band in 0..<Self.bands {
      var power = Float(0)
      for bin in Self.edges[band]..<Self.edges[band + 1] {
        power += magnitudes[bin] * magnitudes[bin]
      }
      power /= Float(Self.edges[band + 1] - Self.edges[band])
      shape[band] = 10 * log10(power + Self.silence)
      loudest = max(loudest, shape[band])
    }
    for band in 0..<Self.bands {
      shape[band] = max(shape[band], loudest - Self.depth)
      mean += shape[band] / Float(Self.bands)
    }
    let place = frames % Self.changeFrames * Self.bands
    for band in 0..<Self.bands {
      let level = shape[band] - mean
      let difference = level - shapes[place + band]
      spread += difference * difference / Float(Self.bands)
      shapes[place + band] = level
    }
    return frames < Self.changeFrames ? 0 : spread.squareRoot()
  }
}
