package import Recognition

/// How much speech may be pending, so that what is left at key-up is soon computed.
///
/// The text should be there 300 ms after key-up, and the tail may take 250 of them. A quick
/// recogniser computes 12 s of speech in the rest. For a slower one speech is cut earlier, down to
/// 3.5 s: with less the window that the encoder hears would have to shrink as well, and that costs
/// words. WER in percent with starter-en when speech without a pause is cut within so many
/// seconds, of the recordings that `UtteranceDecoder` names, of 18 recordings of digits and of 48
/// short ones with an accent (16.2 and 60.6 in one pass):
///
///     cut within             12 s    8 s   5.5 s     5 s   3.5 s   2.5 s   1.5 s
///     encoder hears at least  4 s    4 s     6 s     4 s     4 s     3 s     2 s
///     digits with pauses      5.0    5.0     5.9     5.0     5.0     9.2    11.8
///     read                   61.5   61.7    61.1    60.7    61.1    65.9    64.7
///     digits                 17.2   17.2    16.2    16.2    16.2    19.2    22.2
///     with an accent         62.2   62.2    62.2    61.8    63.1    67.4    72.6
///
/// At 3.5 s a gap of 120 ms settles text too, once there is enough of it, which mostly leaves
/// nothing to compute when the key goes up after a word: 5.0, 61.7, 16.2 and 63.4. If 1 s were
/// enough, digits with pauses had 6.7. Quicker recognisers wait for a pause, so that a speed
/// measured while other programs were busy does not cut sentences.
struct Pace: Equatable {
  /// Samples of speech without a pause after which it is cut.
  let longest: Int
  /// Samples that an utterance cut without a pause has at least.
  let shortest: Int
  /// Quiet frames that end an utterance of at least `shortest`.
  let gapFrames: Int
  /// Samples from one partial to the next.
  let partialInterval: Int

  /// Seconds from key-up to the text.
  private static let promise = 0.3
  /// Seconds of `longest`, for the quickest recogniser and the slowest.
  private static let mostPending = 12.0
  private static let leastPending = 3.5
  /// Seconds of the last window that are not pending at key-up: tail and padding.
  private static let beside = 0.5
  /// Computing partials may take a quarter of the time.
  private static let partialShare = 0.25

  /// The pace for a recogniser.
  ///
  /// - Parameters:
  ///   - rtf: Seconds that it computes for a second of audio; 0 where unknown.
  ///   - tail: Seconds of audio after key-up.
  init(rtf: Double, tail: Double) {
    let rtf = rtf > 0 ? rtf : 0
    let window = rtf > 0 ? max(0, Self.promise - tail) / rtf : .infinity
    let pending = min(max(window - Self.beside, Self.leastPending), Self.mostPending)
    let isSlowest = pending == Self.leastPending
    let interval = min(rtf * (pending + Self.beside) / Self.partialShare, 60)
    longest = Int(pending * 16_000)
    shortest = Int(min(pending - 1, 6) * 16_000)
    gapFrames = isSlowest ? 12 : Endpointer.pauseFrames
    partialInterval = Int(max(0.5, interval) * 16_000)
  }
}

extension Recognizer {
  /// Measures how many seconds a second of audio takes, in windows as a dictation has them.
  ///
  /// It takes as long as decoding 8 s does, at least 200 ms, and brings what decoding needs into
  /// memory.
  ///
  /// - Returns: Computing time divided by the length of the audio, for
  ///   `DictationSession.Configuration.rtf`.
  /// - Throws: What the recogniser throws.
  package func measureRTF() throws(RecognitionError) -> Double {
    // Not silence: a decoder that has nothing to say is quicker.
    let audio = (0..<UtteranceDecoder.leastWindow).map { index in
      Float((index &* 7_919) % 2_001 - 1_000) / 20_000
    }
    // The first time memory is touched that later times find; other programs disturb short ones.
    let clock = ContinuousClock()
    var (runs, spent, least) = (0, 0.0, Double.infinity)
    while runs < 2 || spent < 0.2 {
      let start = clock.now
      _ = try audio.withUnsafeBufferPointer { audio throws(RecognitionError) in
        try tokens(of: audio)
      }
      let seconds = (clock.now - start) / .seconds(1)
      (runs, spent, least) = (runs + 1, spent + seconds, min(least, seconds))
    }
    return least / (Double(audio.count) / Double(model.sampleRate))
  }
}
