internal import Glibc

/// Tells bursts from sounds that last, by the levels of 110 ms around a frame.
struct BurstMeter {
  /// The level of the frame in the middle, in dB below full scale.
  private(set) var level: Float = -120
  /// By how much the mean power is above the mean level, in dB: 0 for a sound that goes on, 2 in
  /// the middle of a word, 6 and more around a key.
  private(set) var burst: Float = 0

  private var levels: [Float]
  private var frames = 0
  private let delay: Int

  /// Frames on each side.
  private static let around = 5

  /// Starts with silence.
  ///
  /// - Parameter delay: Frames from the newest to the one in the middle, at least five.
  init(delay: Int) {
    precondition(delay >= Self.around)
    self.delay = delay
    levels = [Float](repeating: -120, count: delay + Self.around + 1)
  }

  /// Takes the next frame's level in.
  mutating func feed(_ next: Float) {
    levels[frames % levels.count] = next
    frames += 1
    var (power, sum) = (Float(0), Float(0))
    for back in delay - Self.around...delay + Self.around {
      let level = levels[(frames - 1 - back + levels.count) % levels.count]
      power += pow(10, level / 10)
      sum += level
    }
    let count = Float(2 * Self.around + 1)
    level = levels[(frames - 1 - delay + levels.count) % levels.count]
    burst = 10 * log10(power / count) - sum / count
  }
}
