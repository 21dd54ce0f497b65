/// Turns a device's periods into samples: 16 kHz, mono, −1…1.
///
/// Integer samples are divided by the magnitude of the most negative one, and channels are
/// averaged, as `AudioFile` does it. 16-bit mono at 16 kHz passes bit for bit. All memory is
/// there before the first period.
final class PeriodConverter {
  private let format: CaptureFormat
  private let converter: RateConverter?
  private let mono: UnsafeMutableBufferPointer<Float>
  private let output: UnsafeMutableBufferPointer<Float>
  /// Samples at the beginning of the output that nobody shall hear.
  private var unheardCount = 0

  /// Prepares for periods of at most so many samples a channel; nil for a rate beyond libsoxr.
  init?(_ format: CaptureFormat, periodSize: Int) {
    if format.rate == 16_000 {
      converter = nil
    } else {
      guard let converter = RateConverter(rate: format.rate) else { return nil }
      self.converter = converter
    }
    self.format = format
    mono = .allocate(capacity: periodSize)
    output = .allocate(capacity: 4_096)
    if let converter { settle(converter) }
  }

  deinit {
    mono.deallocate()
    output.deallocate()
  }

  /// Converts what a device delivered and writes it to a ring.
  ///
  /// - Returns: How loud it was.
  func convert(_ bytes: UnsafeRawPointer, count: Int, to ring: SampleRing) -> Level {
    average(bytes, count: count)
    let samples = UnsafeBufferPointer(mono.extracting(0..<count))
    let level = Level(of: samples)
    if let converter {
      resample(samples, with: converter) { ring.write($0) }
    } else {
      ring.write(samples)
    }
    return level
  }

  /// Converts a second of silence at once, because libsoxr's queues take memory as they grow.
  private func settle(_ converter: RateConverter) {
    let silence = UnsafeMutableBufferPointer<Float>.allocate(capacity: format.rate)
    silence.initialize(repeating: 0)
    defer { silence.deallocate() }
    unheardCount = 16_000
    resample(UnsafeBufferPointer(silence), with: converter) { _ in }
  }

  private func resample(
    _ samples: UnsafeBufferPointer<Float>, with converter: RateConverter,
    _ write: (UnsafeBufferPointer<Float>) -> Void
  ) {
    var rest = samples
    while true {
      let (taken, given) = converter.convert(rest, into: output)
      let unheard = min(given, unheardCount)
      unheardCount -= unheard
      write(UnsafeBufferPointer(output.extracting(unheard..<given)))
      rest = rest.extracting(taken...)
      if taken == 0 && given == 0 || rest.isEmpty && given < output.count { return }
    }
  }

  private func average(_ bytes: UnsafeRawPointer, count: Int) {
    switch format.encoding {
    case .int16:
      average(count) {
        Float(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self)))
          / 0x1p15
      }
    case .int32:
      average(count) { Float(bytes.word(at: 4 * $0)) / 0x1p31 }
    case .int24Of32:
      // What the highest byte holds is not told.
      average(count) { Float(bytes.word(at: 4 * $0) << 8) / 0x1p31 }
    case .int24:
      average(count) {
        let low = bytes.loadUnaligned(fromByteOffset: 3 * $0, as: UInt16.self)
        let high = bytes.load(fromByteOffset: 3 * $0 + 2, as: Int8.self)
        return Float(Int32(high) << 16 | Int32(UInt16(littleEndian: low))) / 0x1p23
      }
    case .float32:
      average(count) {
        let value = Float(bitPattern: UInt32(bitPattern: bytes.word(at: 4 * $0)))
        // What is no sound would stay in libsoxr's memory.
        return abs(value) <= loudest ? value : 0
      }
    }
  }

  @inline(__always) private func average(_ count: Int, _ sample: (Int) -> Float) {
    let channels = format.channels
    for index in 0..<count {
      var sum = 0.0
      for channel in 0..<channels { sum += Double(sample(index * channels + channel)) }
      mono[index] = Float(sum / Double(channels))
    }
  }
}

/// How loud some samples are.
struct Level {
  /// Largest magnitude.
  let peak: Float
  /// Root of the mean square.
  let rms: Float

  init(of samples: UnsafeBufferPointer<Float>) {
    var (peak, squares): (Float, Float) = (0, 0)
    for sample in samples {
      peak = max(peak, abs(sample))
      squares += sample * sample
    }
    self.peak = peak
    rms = samples.isEmpty ? 0 : (squares / Float(samples.count)).squareRoot()
  }
}

extension UnsafeRawPointer {
  @inline(__always) fileprivate func word(at offset: Int) -> Int32 {
    Int32(littleEndian: loadUnaligned(fromByteOffset: offset, as: Int32.self))
  }
}

/// Far above what any device delivers, far below where squares overflow.
private let loudest: Float = 1e6
