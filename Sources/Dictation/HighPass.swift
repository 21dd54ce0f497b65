internal import Glibc

/// Takes hum, rumble and a constant offset out: a Butterworth high-pass of the fourth order.
///
/// 50 Hz comes out 48 dB quieter, what speech is made of as it was.
struct HighPass {
  private static let cutoff = 200.0
  private static let rate = 16_000.0

  private var sections: [Section]

  init() {
    // The quality factors of a Butterworth filter's two pairs of poles.
    sections = [0.541_196_1, 1.306_563].map {
      Section(frequency: 2 * .pi * Self.cutoff / Self.rate, quality: $0)
    }
  }

  /// The next sample, filtered.
  mutating func filter(_ sample: Float) -> Double {
    var value = Double(sample)
    for index in sections.indices { value = sections[index].filter(value) }
    return value
  }

  /// Forgets what is too small to matter, before it becomes slow to compute with, and what is no
  /// number, before it spreads.
  mutating func tidy() {
    for index in sections.indices { sections[index].tidy() }
  }

  /// A biquad (Bristow-Johnson's cookbook), in transposed direct form II.
  private struct Section {
    private let b0, b1, a1, a2: Double
    private var first = 0.0
    private var second = 0.0

    init(frequency: Double, quality: Double) {
      let cosine = cos(frequency)
      let alpha = sin(frequency) / (2 * quality)
      b0 = (1 + cosine) / 2 / (1 + alpha)
      b1 = -2 * b0
      a1 = -2 * cosine / (1 + alpha)
      a2 = (1 - alpha) / (1 + alpha)
    }

    mutating func filter(_ input: Double) -> Double {
      let output = b0 * input + first
      first = b1 * input - a1 * output + second
      second = b0 * input - a2 * output
      return output
    }

    mutating func tidy() {
      let size = max(abs(first), abs(second))
      if !(1e-12...1e12 ~= size) { (first, second) = (0, 0) }
    }
  }
}
