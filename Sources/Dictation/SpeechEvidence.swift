internal import Glibc

/// Finds the frames that sound as only speech does, some frames late.
///
/// A sound is evidence of speech if it lasts, is not made of tones that stand still, and is either
/// voiced or changes its shape, as a whisper does too. Hum, fans, rumble and breath keep their
/// shape, music holds its notes, keys do not last. The most frames of evidence in 500 ms:
///
///     speech, an utterance each: least 5, one in ten less than 17, half 33
///     the same, whispered: 4, 19 and 29
///     the same, 10 dB above real keys: 11, 20 and 36; above music: 13, 26 and 39
///     hum, fans, rumble, keys, breath and music made up, −60 … −20 dB: most 3
///     real keys 10; real music 4 … 26
struct SpeechEvidence {
  /// Frames from the newest to the one that is judged: it is held against one later.
  static let delay = SpectrumMeter.delay + SpectrumMeter.heldFrames
  /// The level below which nothing is speech, in dB below full scale.
  static let lowest: Float = -57

  /// Whether the frame `delay` frames ago was evidence.
  private(set) var isFound = false
  /// Frames since the sound last changed its shape.
  private(set) var steadyFrames = 0

  private var meter = SpectrumMeter()
  private var readings = [SpectrumMeter.Reading](
    repeating: SpectrumMeter.Reading(), count: SpectrumMeter.heldFrames)
  private var bursts = BurstMeter(delay: delay)
  /// Frames since the last that was not too quiet for speech.
  private var idleFrames = idle
  private var frames = 0

  /// What is more regular is voiced; see `SpectrumMeter.Reading`.
  private static let voiced: Float = 0.35
  /// What is more like itself 80 ms before or after does not move as a voice does.
  private static let heldVoice: Float = 0.65
  /// The same for what changes its shape.
  private static let heldShape: Float = 0.6
  /// dB from which a change of shape is one.
  private static let change: Float = 5
  /// dB above which a frame's surroundings are a burst: a key's decay, for a voice.
  private static let burst: Float = 3
  /// The same for what changes its shape, as every burst does.
  private static let changingBurst: Float = 2
  /// Quiet frames after which none in reach of the next can be evidence.
  private static let idle = 32

  /// Takes the next frame in.
  ///
  /// - Parameters:
  ///   - samples: `FrameMeter.length` samples above 200 Hz.
  ///   - level: Their level, in dB below full scale.
  mutating func feed(_ samples: UnsafeBufferPointer<Float>, level: Float) {
    idleFrames = level > Self.lowest ? 0 : idleFrames + 1
    let later = meter.feed(samples, isIdle: idleFrames > Self.idle)
    steadyFrames = later.change < Self.change ? steadyFrames + 1 : 0
    bursts.feed(level)
    let place = frames % readings.count
    let reading = readings[place]
    readings[place] = later
    frames += 1
    let held = max(reading.held, later.held)
    let isVoiced =
      reading.voicing > Self.voiced && held < Self.heldVoice && bursts.burst < Self.burst
    let isChanging =
      reading.change > Self.change && held < Self.heldShape && bursts.burst < Self.changingBurst
    isFound = bursts.level > Self.lowest && (isVoiced || isChanging)
  }
}
