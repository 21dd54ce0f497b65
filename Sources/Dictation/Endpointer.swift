/// Tells speech from silence, in frames of 10 ms.
///
/// A frame is loud when its level is well above the noise, as measured, and above a fixed level
/// that digital silence, hum and the hiss of a microphone never reach; frames that cross zero as
/// often as noise does must be louder. Three loud frames in a row begin a span of speech, 300 ms
/// without one end it. It does not matter how the samples are cut into pieces.
package struct Endpointer {
  /// Samples in a frame of 10 ms.
  package static let frameLength = FrameMeter.length
  /// Frames without speech that end a span: 300 ms.
  package static let pauseFrames = 30

  /// What a frame changed.
  package enum Change: Equatable, Sendable {
    /// Speech began at this frame, 20 ms ago.
    case started(frame: Int)
    /// The last span of speech ended before this frame, 300 ms ago.
    case ended(frame: Int)
    /// What began within the last second was steady noise and no speech.
    case withdrawn
  }

  /// Frames judged so far.
  package private(set) var frames = 0
  /// Whether the last frame belongs to a span of speech.
  package private(set) var isSpeech = false
  /// Frames since the last one that may have been speech.
  package private(set) var quietFrames = 0
  /// Whether there was any speech at all.
  package private(set) var heardSpeech = false

  /// Levels of the last frames judged, in dB below full scale.
  private var levels: [Float] = []
  private var meter = FrameMeter()
  private var noise = NoiseFloor()
  private var loudFrames = 0
  private var start = 0
  private var heardBefore = false

  /// Loud frames in a row that begin a span: a click has fewer.
  private static let onsetFrames = 3
  /// dB above the noise from which a frame is loud.
  private static let margin: Float = 10
  /// dB that a frame may be quieter within a span.
  private static let hysteresis: Float = 3
  /// The level below which nothing is speech, in dB below full scale.
  private static let lowest: Float = -57
  /// dB that a frame must be louder if it crosses zero as often as noise.
  private static let hissMargin: Float = 5
  /// Voiced speech crosses zero less often; see `FrameMeter.Reading`.
  private static let hissCrossings: Float = 0.35

  /// Starts with no samples.
  package init() {}

  /// Samples until the present frame is full, 1 … `frameLength`.
  package var missingSamples: Int { meter.missing }

  /// Takes samples in.
  ///
  /// - Parameter samples: 16 kHz mono, −1 … 1; no more than are missing from the present frame.
  /// - Returns: What the frame changed, if it is full now and changed anything.
  package mutating func feed(_ samples: UnsafeBufferPointer<Float>) -> Change? {
    precondition(samples.count <= missingSamples)
    guard let reading = meter.feed(samples) else { return nil }
    defer { frames += 1 }
    levels.append(reading.level)
    noise.follow(reading.level)
    let hiss = reading.crossings < Self.hissCrossings ? 0 : Self.hissMargin
    let threshold = max(Self.lowest, noise.level + Self.margin) + hiss
    loudFrames = reading.level > threshold ? loudFrames + 1 : 0
    quietFrames = reading.level > threshold - Self.hysteresis ? 0 : quietFrames + 1
    return isSpeech ? end() : begin()
  }

  private mutating func begin() -> Change? {
    guard loudFrames >= Self.onsetFrames, !noise.isSteady else { return nil }
    start = frames + 1 - Self.onsetFrames
    (isSpeech, heardBefore, heardSpeech) = (true, heardSpeech, true)
    return .started(frame: start)
  }

  private mutating func end() -> Change? {
    if noise.isSteady, frames - start <= NoiseFloor.steadyFrames {
      (isSpeech, heardSpeech) = (false, heardBefore)
      return .withdrawn
    }
    guard quietFrames >= Self.pauseFrames else { return nil }
    isSpeech = false
    return .ended(frame: frames + 1 - quietFrames)
  }

  /// The quietest of some frames, by the mean level in the 200 ms around each; the last of equals.
  ///
  /// - Parameter candidates: Frames judged and not forgotten, at least one.
  /// - Returns: The quietest, as a frame.
  package func quietest(of candidates: some Sequence<Int>) -> Int? {
    let first = frames - levels.count
    var best: (frame: Int, level: Float)?
    for frame in candidates {
      let around = (frame - 10..<frame + 10).clamped(to: first..<frames)
      let sum = levels[around.lowerBound - first..<around.upperBound - first].reduce(0, +)
      let level = sum / Float(max(1, around.count))
      if level <= best?.level ?? .infinity { best = (frame, level) }
    }
    return best?.frame
  }

  /// Forgets the levels of all frames but the last ones.
  ///
  /// - Parameter count: Levels to keep.
  package mutating func keepLevels(_ count: Int) {
    levels.removeFirst(max(0, levels.count - count))
  }
}
