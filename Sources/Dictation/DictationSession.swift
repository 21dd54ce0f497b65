package import Formatting
package import Recognition

/// One dictation: samples in, events out, from key-down to the end of the tail after key-up.
///
/// Every pause of 300 ms, and without one the quietest point within 12 s, closes an utterance,
/// which is decoded at once and becomes settled text; key-up leaves only what came after. With a
/// recogniser that is too slow for that, utterances are shorter. Audio without speech is never
/// decoded, and where that is in doubt only sure words are text. A session does nothing but
/// compute, on the calling thread, and how the samples are cut into pieces makes no difference to
/// it. Samples of settled text are dropped, so that in hours only the tokens gather.
///
/// Sessions may take turns with one recogniser, for what the decoder remembers is in the session.
package struct DictationSession {
  /// How a dictation is done.
  package struct Configuration: Sendable {
    /// Whether to decode pending text for partials, every 500 ms of audio or, with a slow
    /// recogniser, less often.
    package var partials = false
    /// Seconds of audio after key-up that may still belong to the last word.
    package var tail = 0.25
    /// Computing time divided by the length of the audio; 0 where unknown.
    ///
    /// `Recognizer.measureRTF()` finds it. The slower, the less speech is left pending.
    package var rtf = 0.0
    /// How the text is written; it counts from the first words on.
    package var rules = FormattingRules()

    /// No partials, a tail of 250 ms, a recogniser that takes no time.
    package init() {}
  }

  /// How it is done; may change between calls.
  package var configuration: Configuration
  /// Whether the final event was sent, or the dictation cancelled.
  package private(set) var isOver = false
  /// Where utterances ended so far, in samples.
  package private(set) var utteranceEnds: [Int] = []
  /// Seconds since there was speech, or since the start; 0 while somebody speaks.
  package var secondsWithoutSpeech: Double {
    Double((endpointer.frames - speechEnd) * Endpointer.frameLength) / Double(Self.rate)
  }
  /// Seconds that went into the writing of the text.
  package var formattingSeconds: Double { writer.seconds }
  /// Samples in store.
  package var storedSamples: Int { audio.end - audio.start }

  private let transcripts: TranscriptBuilder
  /// Samples in an encoder frame; utterances start and end on them.
  private let frame: Int
  private var decoder: UtteranceDecoder
  private var endpointer = Endpointer()
  /// The frame behind the last one that belonged to a span of speech.
  private var speechEnd = 0
  private var audio = AudioStore()
  private var tokens: [Token] = []
  /// Terms that the audio says in place of what was decoded.
  private var judged: [JudgedTerm] = []
  /// Decides about them; begins with the first words, as the writer does.
  private var judge: TermJudge?
  private var evidence: Evidence?
  private var knowsTerms = false
  private var writer = DictationWriter()
  private var statistics = DictationStatistics()
  /// Where speech that is not settled begins, in samples; nil without any.
  private var pendingStart: Int?
  /// Samples until the tail is over; nil while the key is held.
  private var tailLeft: Int?
  private var nextPartial = rate / 2
  private var pace: Pace { Pace(rtf: configuration.rtf, tail: configuration.tail) }

  private static let rate = 16_000
  /// Quiet frames that end the tail early: 120 ms, longer than the stop before a plosive.
  private static let tailQuietFrames = 12

  /// Starts a dictation.
  ///
  /// - Parameters:
  ///   - recognizer: The engine, for 16 kHz.
  ///   - configuration: How it is done.
  package init(recognizer: Recognizer, configuration: Configuration = Configuration()) {
    self.configuration = configuration
    transcripts = recognizer.model.transcripts
    frame = recognizer.model.samplesPerFrame
    decoder = UtteranceDecoder(recognizer: recognizer)
  }

  /// Takes the next samples in; those after the end of the tail are ignored.
  ///
  /// - Parameters:
  ///   - samples: 16 kHz mono, −1 … 1; those from before key-down come first.
  ///   - report: Gets the events.
  /// - Throws: What the recogniser throws.
  package mutating func feed(
    _ samples: UnsafeBufferPointer<Float>, _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    var rest = samples[...]
    while !isOver, !rest.isEmpty {
      let count = min(rest.count, endpointer.missingSamples, tailLeft ?? .max)
      let step = UnsafeBufferPointer(rebasing: rest.prefix(count))
      rest = rest.dropFirst(count)
      let frames = endpointer.frames
      audio.append(step)
      tailLeft = tailLeft.map { $0 - count }
      let change = endpointer.feed(step)
      if endpointer.isSpeech { speechEnd = endpointer.frames }
      if endpointer.frames > frames { try advance(change, report) }
      try endTail(report)
    }
  }

  /// The key is up: the dictation goes on until the tail is over, or quiet.
  ///
  /// - Parameter report: Gets the events.
  /// - Throws: What the recogniser throws.
  package mutating func release(
    _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    beginTail()
    try endTail(report)
  }

  /// No more samples will come: what is pending becomes final.
  ///
  /// - Parameter report: Gets the events.
  /// - Throws: What the recogniser throws.
  package mutating func finish(
    _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    guard !isOver else { return }
    beginTail()
    if pendingStart == nil, case .started(let start) = endpointer.finish() {
      begin(at: start, report)
    }
    if let pendingStart { try settle(pendingStart..<audio.end, report) }
    isOver = true
    statistics.audioSeconds = Double(audio.end) / Double(Self.rate)
    statistics.decodedSeconds = decoder.decodedSeconds
    let transcript = transcripts.transcript(tokens: tokens)
    let text = writer.finish(transcript, judged, configuration.rules)
    report(.final(transcript, text, statistics))
  }

  /// Ends the dictation; no event follows.
  package mutating func cancel() { isOver = true }

  private mutating func beginTail() {
    guard tailLeft == nil else { return }
    tailLeft = max(0, Int(configuration.tail * Double(Self.rate)))
    statistics.pendingSeconds = Double(audio.end - (pendingStart ?? audio.end)) / Double(Self.rate)
  }

  private mutating func endTail(
    _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    guard let tailLeft else { return }
    if tailLeft <= 0 || endpointer.quietFrames >= Self.tailQuietFrames { try finish(report) }
  }

  /// Goes on after a frame of the endpointer.
  private mutating func advance(
    _ change: Endpointer.Change?, _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    switch change {
    case .started(let start): begin(at: start, report)
    case .ended:
      if let pendingStart { try settle(pendingStart..<middleOfQuiet, report) }
    case nil:
      // Speech that goes on after it was cut.
      if endpointer.isSpeech, endpointer.quietFrames == 0, pendingStart == nil {
        pendingStart = utteranceEnds.last
      }
    }
    if tailLeft == nil { try keepPace(report) }
    if pendingStart == nil { settleHeld(report) }
    try reportPartial(report)
    audio.drop(
      before: (pendingStart ?? audio.end) - UtteranceDecoder.leastWindow
        - UtteranceDecoder.padding - frame)
    if pendingStart == nil { endpointer.keepFrames(Endpointer.lookback) }
  }

  /// Begins an utterance that a frame of the endpointer started.
  private mutating func begin(at start: Int, _ report: (DictationEvent) -> Void) {
    let heard = start * Endpointer.frameLength - UtteranceDecoder.padding
    pendingStart = max(utteranceEnds.last ?? 0, heard / frame * frame)
    report(.speechStarted)
  }

  /// Settles text between pauses; in the tail that would be computing one utterance more.
  private mutating func keepPace(
    _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    guard let pendingStart else { return }
    let pace = pace
    let pending = audio.end - pendingStart
    if pending >= pace.shortest, endpointer.quietFrames >= pace.gapFrames {
      try settle(pendingStart..<middleOfQuiet, report)
    } else if pending >= pace.longest {
      try settle(pendingStart..<quietestCut(after: pendingStart + pace.shortest), report)
    }
  }

  /// The middle of what is quiet now, on an encoder frame.
  private var middleOfQuiet: Int {
    let middle = (2 * endpointer.frames - endpointer.quietFrames) * Endpointer.frameLength / 2
    return (middle + frame / 2) / frame * frame
  }

  /// Where to cut speech without a pause: on an encoder frame, with padding after it.
  private func quietestCut(after start: Int) -> Int {
    let cuts = stride(
      from: start / frame * frame, to: audio.end - UtteranceDecoder.padding, by: frame)
    let quietest = endpointer.quietest(of: cuts.map { $0 / Endpointer.frameLength })
    return quietest.map { $0 * Endpointer.frameLength / frame * frame } ?? audio.end
  }

  /// What tells whether an utterance was noise, by what the endpointer heard of it.
  private func rejection(of utterance: Range<Int>) -> NoiseRejection {
    let first = utterance.lowerBound / Endpointer.frameLength
    let last = utterance.upperBound / Endpointer.frameLength
    return NoiseRejection(evidence: endpointer.evidence(in: first..<last))
  }

  private mutating func settle(
    _ utterance: Range<Int>, _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    beginTerms()
    let found = try decoder.decode(
      utterance, of: audio, rejection(of: utterance), evidence: evidence)
    judged += terms(in: found)
    tokens += found
    utteranceEnds.append(utterance.upperBound)
    pendingStart = nil
    settle(known: Double(utterance.upperBound) / Double(Self.rate), report)
  }

  /// Gets the terms ready, with the first words.
  private mutating func beginTerms() {
    guard !knowsTerms else { return }
    knowsTerms = true
    decoder.favour(configuration.rules.biasing(for: decoder.recognizer.model))
    judge = configuration.rules.judge(for: decoder.recognizer.model)
    evidence = judge.map { _ in Evidence() }
  }

  /// The terms that the audio says in what was just decoded.
  private func terms(in found: [Token]) -> [JudgedTerm] {
    guard let judge, let evidence, !found.isEmpty else { return [] }
    return judge.terms(evidence).map { $0.behind(tokens.count) }
  }

  /// Settles words that waited for others, once nobody has spoken for long enough.
  private mutating func settleHeld(_ report: (DictationEvent) -> Void) {
    guard let held = writer.heldUntil else { return }
    // An utterance may begin that much before it is noticed.
    let unsure = Endpointer.lookback * Endpointer.frameLength + UtteranceDecoder.padding
    let known = Double(audio.end - unsure) / Double(Self.rate)
    guard known > held else { return }
    settle(known: known, report)
  }

  private mutating func settle(known: Double, _ report: (DictationEvent) -> Void) {
    let transcript = transcripts.transcript(tokens: tokens)
    guard writer.settle(transcript, judged, known: known, configuration.rules) else { return }
    report(.settled(writer.settled))
  }

  private mutating func reportPartial(
    _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) {
    guard configuration.partials, let pendingStart, audio.end >= nextPartial else { return }
    nextPartial = audio.end + pace.partialInterval
    let pending = pendingStart..<audio.end
    beginTerms()
    let found = try decoder.guess(
      pending, of: audio, rejection(of: pending), evidence: evidence)
    let text = writer.guess(
      transcripts.transcript(tokens: tokens + found), judged + terms(in: found),
      configuration.rules)
    report(.partial(settled: writer.settled, pending: text))
  }
}
