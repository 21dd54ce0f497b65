internal import Dictation
internal import Formatting
internal import Foundation
internal import Recognition

/// A session that is fed on a virtual clock.
struct SimulatedDictation {
  /// Samples that arrive at once: 20 ms.
  static let period = 320
  private static let rate = 16_000.0

  private var session: DictationSession
  /// Samples that arrived.
  private var position = 0
  /// When the engine is done with them, in seconds since key-down.
  private var clock = 0.0
  private var busySeconds = 0.0
  private var tokens: Int?

  /// How a dictation ended.
  struct Ending {
    /// From key-up to the final text.
    let milliseconds: Double
    /// From key-down to the end of the tail.
    let seconds: Double
    let tokens: Int
    /// What went into the writing of the text, in milliseconds.
    let formatting: Double
  }

  /// Presses the key.
  init(_ recognizer: Recognizer, rtf: Double, rules: FormattingRules = FormattingRules()) {
    var configuration = DictationSession.Configuration()
    configuration.rtf = rtf
    configuration.rules = rules
    session = DictationSession(recognizer: recognizer, configuration: configuration)
  }

  /// The part of the time in which the engine computed.
  var busyShare: Double { busySeconds / max(1, Double(position) / Self.rate) }

  /// Lets audio arrive until there are so many samples.
  private mutating func feed(_ audio: [Float], upTo end: Int) throws(RecognitionError) {
    while position < end, !session.isOver {
      let next = position..<min(position + Self.period, audio.count)
      guard !next.isEmpty else { return }
      position = next.upperBound
      try compute { session, report throws(RecognitionError) in
        try audio.withUnsafeBufferPointer { audio throws(RecognitionError) in
          try session.feed(UnsafeBufferPointer(rebasing: audio[next]), report)
        }
      }
    }
  }

  /// Lets audio arrive until a key goes up, and ends a copy of the dictation.
  ///
  /// - Parameters:
  ///   - keyUp: When the key goes up, and what is heard then.
  ///   - audio: The speech so far, and what the speaker would say.
  /// - Returns: How it ended.
  /// - Throws: What the recogniser throws.
  mutating func ending(with keyUp: KeyUp, of audio: [Float]) throws(RecognitionError) -> Ending {
    try feed(audio, upTo: keyUp.branch)
    var copy = self
    let rest = keyUp.silence.isEmpty ? audio : audio[..<keyUp.branch] + keyUp.silence
    try copy.feed(Array(rest), upTo: keyUp.release)
    let released = Double(copy.position) / Self.rate
    try copy.compute { session, report throws(RecognitionError) in try session.release(report) }
    try copy.feed(Array(rest), upTo: rest.count)
    return Ending(
      milliseconds: (copy.clock - released) * 1000, seconds: Double(copy.position) / Self.rate,
      tokens: copy.tokens ?? 0, formatting: 1000 * copy.session.formattingSeconds)
  }

  /// Does the session's work for what arrived last, once it is done with what came before.
  private mutating func compute(
    _ work: (inout DictationSession, (DictationEvent) -> Void) throws(RecognitionError) -> Void
  ) throws(RecognitionError) {
    let start = ContinuousClock.now
    var found = tokens
    try work(&session) { if case .final(let text, _, _) = $0 { found = text.tokens.count } }
    let taken = (ContinuousClock.now - start) / .seconds(1)
    tokens = found
    busySeconds += taken
    clock = max(clock, Double(position) / Self.rate) + taken
  }
}
