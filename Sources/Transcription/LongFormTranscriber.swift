package import Formatting
package import Recognition

/// Transcribes a recording of any length as it is read.
///
/// Up to 60 s are recognised in one pass. A longer recording is cut where it is quietest into
/// windows of at most 30 s; the decoder goes on from window to window, and times count from the
/// start of the recording. Memory does not depend on the length.
package struct LongFormTranscriber {
  /// The engine; another one of the same model may go on with the next window.
  var recognizer: Recognizer
  private let fullContext: Bool
  private let judges: [TermJudge]
  private let evidence: Evidence?
  /// Terms that the audio says in place of what was decoded so far, by each judge.
  package private(set) var judged: [[JudgedTerm]]
  /// What may have been said so far, the best first, where that is to be kept.
  ///
  /// Each is put together from what windows may say, as if none depended on the one before.
  package private(set) var alternatives: [Alternative]
  private let keepsAlternatives: Bool
  private var samples: [Float] = []
  private var tokens: [Token] = []
  private var state: DecoderState
  /// Where windows ended so far, in samples.
  package private(set) var windowEnds: [Int] = []
  private var decodedSamples: Int { windowEnds.last ?? 0 }

  private static let onePassSeconds = 60
  private static let windowSeconds = 30
  /// No model hears two hours in one pass.
  private static let credibleSeconds = 7200.0
  /// No window but the last is shorter.
  private static let leastSeconds = 15

  /// Starts a recording.
  ///
  /// - Parameters:
  ///   - recognizer: The engine.
  ///   - fullContext: Whether to recognise in one pass whatever the length.
  ///   - expected: How long the recording says that it is, in seconds.
  ///   - keepsAlternatives: Whether to keep what else a beam search finds.
  ///   - judges: Those who decide about terms; the transcript is the same without them.
  ///   - biasing: Phrases that recognition favours; nil for none.
  package init(
    recognizer: Recognizer, fullContext: Bool = false, expected: Double? = nil,
    keepsAlternatives: Bool = false, judges: [TermJudge] = [], biasing: Biasing? = nil
  ) {
    (self.recognizer, self.fullContext, self.judges) = (recognizer, fullContext, judges)
    judged = judges.map { _ in [] }
    self.keepsAlternatives = keepsAlternatives
    alternatives = [Alternative(tokens: [], score: 0)]
    evidence = judges.isEmpty ? nil : Evidence()
    state = recognizer.model.start
    state.biasing = biasing
    if fullContext, let expected, expected > 0 {
      // Growing step by step would take half as much again. A header may say anything.
      samples.reserveCapacity(
        Int(min(expected, Self.credibleSeconds) * Double(recognizer.model.sampleRate)) + 16_000)
    }
  }

  /// Seconds of the recording that have been recognised so far.
  package var transcribedSeconds: Double {
    Double(decodedSamples) / Double(recognizer.model.sampleRate)
  }

  /// Takes the next samples in and recognises windows that are complete.
  ///
  /// - Parameter samples: 16 kHz mono, −1 … 1.
  /// - Throws: What the recogniser throws.
  package mutating func feed(_ samples: UnsafeBufferPointer<Float>) throws(RecognitionError) {
    self.samples.append(contentsOf: samples)
    guard !fullContext else { return }
    let patience = decodedSamples == 0 ? Self.onePassSeconds : Self.windowSeconds
    if self.samples.count > patience * recognizer.model.sampleRate { try decodeWindows() }
  }

  /// Recognises what is left.
  ///
  /// - Returns: The transcript of the whole recording.
  /// - Throws: What the recogniser throws.
  package mutating func finish() throws(RecognitionError) -> Transcript {
    try decode(samples.count)
    return recognizer.model.transcripts.transcript(tokens: tokens)
  }

  private mutating func decodeWindows() throws(RecognitionError) {
    while samples.count > Self.windowSeconds * recognizer.model.sampleRate {
      try decode(quietestCut())
    }
  }

  /// Recognises the first samples in store and drops them.
  private mutating func decode(_ count: Int) throws(RecognitionError) {
    // A window ends at an encoder frame, or where the recording does.
    let found = try samples.withUnsafeBufferPointer { samples throws(RecognitionError) in
      try recognizer.tokens(
        of: UnsafeBufferPointer(rebasing: samples[..<count]), continuing: &state,
        evidence: evidence)
    }
    if let evidence {
      for (index, judge) in judges.enumerated() {
        judged[index] += judge.terms(evidence).map { $0.behind(tokens.count) }
      }
    }
    if keepsAlternatives { keep(recognizer.alternatives, found) }
    tokens += found
    samples.removeFirst(count)
    windowEnds.append(decodedSamples + count)
  }

  /// Puts what a window may say behind what was kept of those before.
  private mutating func keep(_ window: [Alternative], _ found: [Token]) {
    let next = window.isEmpty ? [Alternative(tokens: found, score: 0)] : window
    let pairs = alternatives.indices.flatMap { before in
      next.indices.map { (before, $0, alternatives[before].score + next[$0].score) }
    }
    let best = pairs.sorted { $0.2 > $1.2 }.prefix(max(alternatives.count, next.count))
    alternatives = best.map { before, after, score in
      Alternative(tokens: alternatives[before].tokens + next[after].tokens, score: score)
    }
  }

  /// Where to end the next window: at an encoder frame in the middle of the quietest 320 ms.
  private func quietestCut() -> Int {
    let frame = recognizer.model.samplesPerFrame
    let first = Self.leastSeconds * recognizer.model.sampleRate / frame
    // Looks at nothing beyond the longest window, so that it does not matter how much of the
    // recording is there already.
    let last = Self.windowSeconds * recognizer.model.sampleRate / frame - 2
    let energies = (first - 2..<last + 2).map { index in
      samples[index * frame..<(index + 1) * frame].reduce(into: Float(0)) { $0 += $1 * $1 }
    }
    var (best, least) = (last, Float.infinity)
    for cut in first...last {
      let around = energies[cut - first..<cut - first + 4].reduce(0, +)
      if around <= least { (best, least) = (cut, around) }
    }
    return best * frame
  }
}
