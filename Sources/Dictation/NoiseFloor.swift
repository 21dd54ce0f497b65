/// Follows the level of the noise behind the speech, frame by frame.
///
/// It falls quickly with every dip between two syllables and rises slowly; a sound that keeps its
/// shape for 2 s is noise whatever its level.
struct NoiseFloor {
  /// The noise's level, in dB below full scale.
  private(set) var level: Float = -75
  /// The levels of the last frames.
  private var recent = [Float](repeating: -75, count: meanFrames)
  private var frames = 0

  /// Frames that must keep their shape to be noise.
  ///
  /// Speech never does; with 1.5 s one recording of 83 is cut at other places, and heard worse.
  private static let steadyFrames = 200
  /// Frames over which the level of steady noise is taken.
  private static let meanFrames = 100
  /// Share of the way down to a quieter frame that the floor goes at once.
  private static let fall: Float = 0.3
  /// dB per frame: 3 dB in a second.
  private static let rise: Float = 0.03
  /// The highest level of noise that is not steady, in dB below full scale.
  private static let highest: Float = -30

  /// Takes the next frame in.
  ///
  /// - Parameters:
  ///   - next: Its level, in dB below full scale.
  ///   - steady: Frames since the sound last changed its shape.
  mutating func follow(_ next: Float, steady: Int) {
    recent[frames % Self.meanFrames] = next
    frames += 1
    level = next < level ? level + (next - level) * Self.fall : min(level + Self.rise, next)
    level = min(level, Self.highest)
    guard steady >= Self.steadyFrames else { return }
    level = max(level, recent.reduce(0, +) / Float(Self.meanFrames))
  }
}
