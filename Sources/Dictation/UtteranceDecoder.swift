internal import Recognition

/// Decodes utterances of one dictation, each with real audio around it.
struct UtteranceDecoder {
  let recognizer: Recognizer
  /// Seconds that went through the recogniser.
  private(set) var decodedSeconds = 0.0
  /// What the utterances so far left behind.
  private var state: DecoderState

  /// Samples of audio heard on each side of an utterance where there are some: 250 ms.
  static let padding = 4_000
  /// Samples that the encoder hears at least, where so many came before.
  ///
  /// Features are normalised over what the encoder hears, and a lone word is too little for that:
  /// with 4 s the digits below are heard as in one pass. More costs time at key-up and gains
  /// nothing certain. Nothing made up stands in for audio that is missing: with 320 ms of
  /// digital silence before short recordings 29 words of 100 changed instead of 12.
  ///
  /// WER in percent with starter-en, of 119 words of digits with pauses (digits_concat, 88 s) and
  /// 501 read words (librispeech_concat, 194 s), for which it is a weak model, and the seconds
  /// decoded of both; one pass has 5.0 and 68.1, `LongFormTranscriber` 6.7 and 64.3:
  ///
  ///     at least    0.25 s      2 s      3 s      4 s      5 s      6 s      8 s
  ///     digits         5.0      5.0      5.9      5.0      6.7      5.9      4.2
  ///     read          63.9     62.3     62.9     61.5     62.3     62.1     59.9
  ///     decoded          261      271      306      360      412      475      605
  ///
  /// With the cut at the end of the pause instead of its middle: 5.9 and 62.5 at 4 s.
  static let leastWindow = 4 * 16_000

  init(recognizer: Recognizer) {
    self.recognizer = recognizer
    state = recognizer.model.start
  }

  /// Has recognition favour phrases from now on.
  mutating func favour(_ biasing: Biasing?) { state.biasing = biasing }

  /// Decodes an utterance and goes on from it, unless it turns out to be noise.
  ///
  /// - Parameters:
  ///   - utterance: Its place in the recording; it starts on an encoder frame, and ends on one or
  ///     where the recording does.
  ///   - audio: The recording.
  ///   - rejection: Tells noise by its tokens.
  ///   - evidence: Keeps what the networks said.
  /// - Returns: Tokens with frames counted from the start of the recording; none of noise.
  /// - Throws: What the recogniser throws.
  mutating func decode(
    _ utterance: Range<Int>, of audio: AudioStore, _ rejection: NoiseRejection,
    evidence: Evidence?
  ) throws(RecognitionError) -> [Token] {
    let window = window(around: utterance, in: audio)
    var next = state
    // What lies between utterances is not decoded.
    next.frame = utterance.lowerBound / recognizer.model.samplesPerFrame
    decodedSeconds += Double(window.samples.count) / 16_000
    let tokens = try audio.withSamples(window.samples) { samples throws(RecognitionError) in
      try recognizer.tokens(
        of: samples, frames: window.frames, continuing: &next, evidence: evidence)
    }
    guard !rejection.rejects(tokens) else { return [] }
    state = next
    return tokens
  }

  /// Decodes an utterance that will be decoded again, with more of it known.
  ///
  /// - Parameters:
  ///   - utterance: Its place in the recording, as above.
  ///   - audio: The recording.
  ///   - rejection: Tells noise by its tokens.
  ///   - evidence: Keeps what the networks said.
  /// - Returns: Tokens with frames counted from the start of the recording; none of noise.
  /// - Throws: What the recogniser throws.
  mutating func guess(
    _ utterance: Range<Int>, of audio: AudioStore, _ rejection: NoiseRejection,
    evidence: Evidence?
  ) throws(RecognitionError) -> [Token] {
    var trial = self
    defer { decodedSeconds = trial.decodedSeconds }
    return try trial.decode(utterance, of: audio, rejection, evidence: evidence)
  }

  /// The samples that the encoder hears of an utterance, and the frames of it among them.
  private func window(
    around utterance: Range<Int>, in audio: AudioStore
  ) -> (samples: Range<Int>, frames: Range<Int>) {
    let frame = recognizer.model.samplesPerFrame
    let context = max(Self.padding, Self.leastWindow - utterance.count)
    let oldest = (audio.start + frame - 1) / frame * frame
    let first = min(
      max((utterance.lowerBound - context) / frame * frame, oldest), utterance.lowerBound)
    let end = min(utterance.upperBound + Self.padding, audio.end)
    let frames =
      (utterance.lowerBound - first) / frame..<(utterance.upperBound - first + frame - 1) / frame
    return (first..<end, frames)
  }
}
