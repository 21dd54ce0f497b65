import Foundation
import TestSupport

/// What a microphone hears beside speech, made up from seeds.
enum Noise: String, CaseIterable {
  case hum50, hum60, hiss, fan, blower, rumble, traffic, keys, quickKeys, breath, music, song

  /// Noise of a level.
  ///
  /// - Parameters:
  ///   - seconds: Its length.
  ///   - level: Its RMS level, in dB below full scale.
  ///   - seed: What it follows from.
  /// - Returns: 16 kHz mono, −1 … 1.
  func samples(_ seconds: Double, level: Double, seed: UInt64 = 1) -> [Float] {
    var random = Seeded(seed)
    let samples = make(Int(seconds * Self.rate), &random)
    let power = samples.reduce(0) { $0 + $1 * $1 } / Double(max(1, samples.count))
    let scale = pow(10, level / 20) / power.squareRoot()
    return samples.map { Float(min(max($0 * scale, -1), 1)) }
  }

  private static let rate = 16_000.0

  private func make(_ count: Int, _ random: inout Seeded) -> [Double] {
    switch self {
    case .hum50: Self.tones(count, 50, decay: 1, &random)
    case .hum60: Self.tones(count, 60, decay: 0.5, &random)
    case .hiss: Self.white(count, &random)
    case .fan:
      Self.sum(
        Self.normal(Self.pink(count, &random)),
        Self.normal(Self.tones(count, 110, decay: 1, &random)), share: 0.3)
    case .blower:
      Self.sum(
        Self.normal(Self.smooth(Self.white(count, &random), 0.98)),
        Self.normal(Self.tones(count, 97, decay: 1, &random)), share: 0.3)
    case .rumble: Self.rumble(count, &random)
    case .traffic: Self.smooth(Self.white(count, &random), 0.98)
    case .keys: Self.keys(count, every: 0.17, &random)
    case .quickKeys: Self.keys(count, every: 0.08, &random)
    case .breath: Self.breath(count, &random)
    case .music: Self.music(count, drums: true, &random)
    case .song: Self.music(count, drums: false, &random)
    }
  }

  private static func white(_ count: Int, _ random: inout Seeded) -> [Double] {
    (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
  }

  /// Adds as much of a sound as there is room for.
  private static func add(_ sound: [Double], to sum: inout [Double], at start: Int) {
    guard start < sum.count else { return }
    for (index, sample) in zip(start..<sum.count, sound) { sum[index] += sample }
  }

  /// A low-pass of the first order.
  private static func smooth(_ samples: [Double], _ memory: Double) -> [Double] {
    var state = 0.0
    return samples.map {
      state = memory * state + (1 - memory) * $0
      return state
    }
  }

  private static func pink(_ count: Int, _ random: inout Seeded) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    for memory in [0.999, 0.99, 0.95, 0.8, 0] {
      sum = Self.sum(sum, normal(smooth(white(count, &random), memory)), share: 0.5)
    }
    return sum
  }

  private static func normal(_ samples: [Double]) -> [Double] {
    let power = samples.reduce(0) { $0 + $1 * $1 } / Double(max(1, samples.count))
    return power > 0 ? samples.map { $0 / power.squareRoot() } : samples
  }

  private static func sum(_ first: [Double], _ second: [Double], share: Double) -> [Double] {
    zip(first, second).map { $0 * (1 - share) + $1 * share }
  }

  /// A tone with overtones, of which the even ones are fainter.
  private static func tones(
    _ count: Int, _ pitch: Double, decay: Double, _ random: inout Seeded
  ) -> [Double] {
    let overtones = (1...16).map { number in
      (
        turn: 2 * .pi * pitch * Double(number) / rate,
        phase: Double.random(in: 0...6.28, using: &random),
        size: (number % 2 == 1 ? 1 : 0.5) / pow(Double(number), decay)
      )
    }
    return (0..<count).map { index in
      overtones.reduce(0) { $0 + $1.size * sin($1.turn * Double(index) + $1.phase) }
    }
  }

  /// Noise below 120 Hz that swells and fades.
  private static func rumble(_ count: Int, _ random: inout Seeded) -> [Double] {
    let memory = exp(-2 * .pi * 120 / rate)
    let low = normal(smooth(smooth(white(count, &random), memory), memory))
    let swell = normal(smooth(white(count, &random), exp(-2 * .pi / rate)))
    return zip(low, swell).map { $0 * exp(0.6 * $1) }
  }

  /// Keys that click, ring and fall back, at random.
  private static func keys(
    _ count: Int, every pause: Double, _ random: inout Seeded
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    var time = Double.random(in: 0.05...0.3, using: &random)
    while time * rate < Double(count) {
      let click = Self.click(&random)
      let size = Double.random(in: 0.4...1, using: &random)
      let release = time + Double.random(in: 0.06...0.12, using: &random)
      add(click.map { $0 * size }, to: &sum, at: Int(time * rate))
      add(click.map { $0 * size * 0.3 }, to: &sum, at: Int(release * rate))
      time += max(0.05, -pause * log(Double.random(in: 0.001...1, using: &random)))
    }
    return sum
  }

  private static func click(_ random: inout Seeded) -> [Double] {
    let decay = Double.random(in: 0.003...0.02, using: &random)
    let high = Double.random(in: 800...4_500, using: &random)
    let low = Double.random(in: 250...700, using: &random)
    return white(Int(0.09 * rate), &random).enumerated().map { index, noise in
      let time = Double(index) / rate
      return (noise + sin(2 * .pi * high * time)) * exp(-time / decay)
        + 0.5 * sin(2 * .pi * low * time) * exp(-time / 0.015)
    }
  }

  /// Breaths of 0.3 … 1 s, each with a colour of its own.
  private static func breath(_ count: Int, _ random: inout Seeded) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    var start = Int(0.2 * rate)
    while start < count {
      let length = Int(Double.random(in: 0.3...1, using: &random) * rate)
      let low = exp(-2 * .pi * Double.random(in: 300...800, using: &random) / rate)
      let high = exp(-2 * .pi * Double.random(in: 2_500...6_000, using: &random) / rate)
      let bright = smooth(white(length, &random), high)
      let dark = smooth(bright, low)
      let breath = (0..<length).map { index in
        (bright[index] - dark[index]) * pow(sin(.pi * Double(index) / Double(length)), 1.5)
      }
      add(breath, to: &sum, at: start)
      start += length + Int(Double.random(in: 0.3...1.2, using: &random) * rate)
    }
    return sum
  }

  /// Chords of three notes that ring and fade, two to four a second.
  private static func music(_ count: Int, drums: Bool, _ random: inout Seeded) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    let roots: [Double] = [110, 131, 147, 165, 196, 220]
    let steps: [Double] = [0, 4, 7, 12, 16, 19]
    var start = 0
    while start < count {
      let seconds = Double.random(in: 0.25...0.5, using: &random)
      let root = roots[Int.random(in: roots.indices, using: &random)]
      for _ in 0..<3 {
        let pitch = root * exp2(steps[Int.random(in: steps.indices, using: &random)] / 12)
        let tone = Self.note(pitch, seconds + 0.3, &random)
        add(tone, to: &sum, at: start)
      }
      if drums { add(drum(&random), to: &sum, at: start) }
      start += Int(seconds * rate)
    }
    return sum
  }

  private static func note(
    _ pitch: Double, _ seconds: Double, _ random: inout Seeded
  ) -> [Double] {
    let phases = (1...9).map { _ in Double.random(in: 0...6.28, using: &random) }
    return (0..<Int(seconds * rate)).map { index in
      let time = Double(index) / rate
      let edge = min(1, time / 0.008, (seconds - time) / 0.05)
      return phases.enumerated().reduce(0) { sum, overtone in
        let number = Double(overtone.offset + 1)
        return sum
          + sin(2 * .pi * pitch * number * time + overtone.element) / pow(number, 1.2)
          * exp(-time * (2 + number)) * edge
      }
    }
  }

  /// A bass drum, and a cymbal half the time.
  private static func drum(_ random: inout Seeded) -> [Double] {
    let cymbal = Bool.random(using: &random) ? 1.0 : 0
    var before = 0.0
    return white(Int(0.2 * rate), &random).enumerated().map { index, noise in
      let time = Double(index) / rate
      defer { before = noise }
      let fall = 2 * .pi * (50 * time + 1.8 * (1 - exp(-time / 0.03)))
      return 3 * sin(fall) * exp(-time / 0.06) + cymbal * (noise - before) * exp(-time / 0.03)
    }
  }
}
