internal import Audio

/// What is dictated in a benchmark of latency: a recording, or sounds in the rhythm of speech.
struct BenchmarkSpeech {
  /// 16 kHz mono, −1 … 1; not empty.
  let samples: [Float]

  private static let rate = 16_000

  /// Reads a recording.
  init(recording path: String) throws(AudioError) {
    samples = try AudioFile(path: path).readAll()
    guard !samples.isEmpty else {
      throw .badData(path: path, .silent)
    }
  }

  /// Makes up a voice: words of one to four syllables with short gaps, and a pause for breath
  /// after every two to eight words; the same at every call.
  ///
  /// - Parameter seconds: The least length.
  init(seconds: Int) {
    var random = SplitMix(state: 1)
    var samples: [Float] = []
    samples.reserveCapacity((seconds + 5) * Self.rate)
    while samples.count < seconds * Self.rate {
      for _ in 0..<Int.random(in: 2...8, using: &random) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          Self.appendSyllable(to: &samples, &random)
        }
        Self.appendRoom(.random(in: 0.02...0.15, using: &random), to: &samples, &random)
      }
      Self.appendRoom(.random(in: 0.3...0.9, using: &random), to: &samples, &random)
    }
    self.samples = samples
  }

  /// A stretch that begins anywhere; speech that ends in it begins again.
  func excerpt(seconds: Int, _ random: inout SplitMix) -> [Float] {
    let start = Int.random(in: samples.indices, using: &random)
    return (start..<start + seconds * Self.rate).map { samples[$0 % samples.count] }
  }

  /// The faint noise of a room in which nobody speaks, about −70 dB.
  static func room(_ seconds: Double, _ random: inout SplitMix) -> [Float] {
    var samples: [Float] = []
    appendRoom(seconds, to: &samples, &random)
    return samples
  }

  private static func appendRoom(
    _ seconds: Double, to samples: inout [Float], _ random: inout SplitMix
  ) {
    for _ in 0..<Int(seconds * Double(rate)) {
      samples.append(.random(in: -0.000_5...0.000_5, using: &random))
    }
  }

  /// Pulses at a voice's pitch, which glides, made duller, that swell and fade.
  private static func appendSyllable(to samples: inout [Float], _ random: inout SplitMix) {
    let count = Int(Double.random(in: 0.12...0.3, using: &random) * Double(rate))
    let period = Float(Int.random(in: 75...160, using: &random))
    let glide = Float.random(in: -0.3...0.3, using: &random)
    let dullness = Float.random(in: 0.6...0.95, using: &random)
    var (value, phase): (Float, Float) = (0, 1)
    for index in 0..<count {
      let noise = Float.random(in: -0.02...0.02, using: &random)
      let place = Float(index) / Float(count)
      phase += 1 / (period * (1 + glide * place))
      value = value * dullness * (1 - 0.2 * place) + noise
      if phase >= 1 { (phase, value) = (phase - 1, value + 0.8) }
      samples.append(value * 4 * place * (1 - place) * 0.3)
    }
  }
}

/// Random numbers that are the same in every run (Steele, Lea and Flood's SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
