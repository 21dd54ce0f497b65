/// Follows the level of the noise behind the speech, frame by frame.
///
/// It falls quickly with every dip between two syllables and rises slowly, and what stays at one
/// level for a second is noise whatever its level.
struct NoiseFloor {
  /// The noise's level, in dB below full scale.
  private(set) var level: Float = -75
  /// Whether the last second stayed at one level.
  private(set) var isSteady = false
  private var recent: [Float] = []

  /// Frames that must stay at one level to be noise, however loud: speech never does.
  static let steadyFrames = 100
  /// Noise in 10 ms frames varies by less, in dB; the level of speech by 20 and more in a second.
  private static let steadyRange: Float = 6
  /// Share of the way down to a quieter frame that the floor goes at once.
  private static let fall: Float = 0.3
  /// dB per frame: 3 dB in a second.
  private static let rise: Float = 0.03
  /// The highest level of noise that is not steady, in dB below full scale.
  private static let highest: Float = -30

  /// Takes the next frame's level in, in dB below full scale.
  mutating func follow(_ next: Float) {
    recent.append(next)
    if recent.count > Self.steadyFrames { recent.removeFirst() }
    level = next < level ? level + (next - level) * Self.fall : min(level + Self.rise, next)
    level = min(level, Self.highest)
    guard recent.count == Self.steadyFrames, let least = recent.min(), let most = recent.max()
    else { return }
    isSteady = most - least < Self.steadyRange
    if isSteady { level = max(level, (least + most) / 2) }
  }
}
