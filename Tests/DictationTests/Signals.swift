import Foundation
import TestSupport

/// Sounds to dictate, 16 kHz mono.
enum Signals {
  static let rate = 16_000

  /// Digital silence.
  static func silence(_ seconds: Double) -> [Float] {
    [Float](repeating: 0, count: Int(seconds * Double(rate)))
  }

  /// A sound at another RMS level, in dB below full scale.
  static func at(_ level: Double, _ samples: [Float]) -> [Float] {
    let power = samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))
    let scale = Float(pow(10, level / 20) / power.squareRoot())
    return samples.map { $0 * scale }
  }

  /// White noise of a level in dB below full scale.
  static func noise(_ seconds: Double, level: Double, seed: UInt64 = 1) -> [Float] {
    var numbers = Seeded(seed)
    let peak = Float(3.0.squareRoot() * pow(10, level / 20))
    return numbers.floats(Int(seconds * Double(rate)), in: -peak...peak)
  }

  /// A buzz at a pitch, with overtones that grow fainter: a voice, or hum.
  static func buzz(_ seconds: Double, pitch: Double, overtones: Int, level: Double) -> [Float] {
    let size = pow(10, level / 20) * 2.0.squareRoot()
    return (0..<Int(seconds * Double(rate))).map { index in
      let phase = 2 * .pi * pitch * Double(index) / Double(rate)
      return Float(size * (1...overtones).reduce(0) { $0 + sin(phase * Double($1)) / Double($1) })
    }
  }

  /// Syllables without a pause: a voice whose pitch and vowels move, and which swells and fades
  /// four times a second by 20 dB.
  static func syllables(_ seconds: Double) -> [Float] {
    var phase = 0.0
    return (0..<Int(seconds * Double(rate))).map { index in
      let time = Double(index) / Double(rate)
      let pitch = 140 + 20 * sin(2 * .pi * 1.3 * time)
      phase += 2 * .pi * pitch / Double(rate)
      let openness = 0.5 - 0.5 * cos(2 * .pi * 2.1 * time)
      let formants = [300 + 450 * openness, 2_300 - 1_100 * openness]
      var (sum, power) = (0.0, 0.0)
      for overtone in 1...24 {
        let frequency = pitch * Double(overtone)
        let size = formants.reduce(0.02) { $0 + 1 / (1 + pow((frequency - $1) / 120, 2)) }
        sum += size * sin(phase * Double(overtone))
        power += size * size / 2
      }
      let swell = 0.5 - 0.5 * cos(2 * .pi * 4 * time)
      return Float(0.1 * (0.1 + 0.9 * swell) * sum / power.squareRoot())
    }
  }

  /// One of the committed recordings of digits, with or without the quiet at its ends.
  static func digits(_ number: String, tight: Bool = false) throws -> [Float] {
    let file = Fixtures.committed.appending(path: "audio/digits_\(number).flac")
    let samples = try Recordings.samples(file)
    guard tight else { return samples }
    // Above the noise of these recordings, below their words.
    let isLoud: (Float) -> Bool = { abs($0) > 0.01 }
    let first = samples.firstIndex(where: isLoud) ?? 0
    let last = samples.lastIndex(where: isLoud) ?? samples.count - 1
    return Array(samples[first...last])
  }

  /// The committed recordings of digits with pauses of silence and of faint noise between them.
  static func digitsWithPauses() throws -> [Float] {
    try noise(0.3, level: -70) + digits("03") + silence(0.8) + digits("12")
      + noise(1.5, level: -65) + digits("03") + noise(0.5, level: -65)
  }
}
