import Foundation
import TestSupport

/// Turns recordings into whispers.
enum Whisper {
  private static let window = 480
  private static let hop = 240
  private static let order = 20

  /// What was said, whispered: each 30 ms keep their shape and level, and noise takes the place of
  /// the voice.
  static func whispered(_ samples: [Float], seed: UInt64 = 1) -> [Float] {
    var random = Seeded(seed)
    let bright = samples.indices.map { samples[$0] - ($0 > 0 ? 0.9 * samples[$0 - 1] : 0) }
    var whisper = [Double](repeating: 0, count: samples.count)
    let taps = (0..<window).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(window)) }
    for start in stride(from: 0, through: samples.count - window, by: hop) {
      let frame = taps.indices.map { taps[$0] * Double(bright[start + $0]) }
      let (predictor, error) = Self.predictor(of: frame)
      var past = [Double](repeating: 0, count: order)
      for index in taps.indices {
        let noise = 3.0.squareRoot() * Double.random(in: -1...1, using: &random)
        let sample = zip(predictor, past).reduce(noise * error) { $0 + $1.0 * $1.1 }
        past = [sample] + past.dropLast()
        whisper[start + index] += taps[index] * sample
      }
    }
    return whisper.map { Float($0) }
  }

  /// Linear prediction by Levinson and Durbin: the weights of the last samples, and the RMS of what
  /// they leave.
  private static func predictor(of frame: [Double]) -> (weights: [Double], error: Double) {
    let products = (0...order).map { lag in
      zip(frame, frame.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var weights = [Double](repeating: 0, count: order)
    var error = products[0] * 1.000_1 + 1e-9
    for step in 0..<order {
      let known = (0..<step).reduce(0) { $0 + weights[$1] * products[step - $1] }
      let reflection = (products[step + 1] - known) / error
      let before = weights
      for index in 0..<step { weights[index] -= reflection * before[step - 1 - index] }
      weights[step] = reflection
      error *= 1 - reflection * reflection
    }
    return (weights, (error / Double(frame.count)).squareRoot())
  }
}
