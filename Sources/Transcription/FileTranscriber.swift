package import Audio
package import Formatting
package import Recognition

/// A loaded model that transcribes one file after the other.
package struct FileTranscriber {
  /// The name or path by which the user calls the model.
  private let model: String
  /// Gives the recogniser that works on what comes next.
  private let current: () throws(RecognitionError) -> Recognizer
  private let fullContext: Bool
  private let alternatives: Int
  private let loadSeconds: Double
  private let rules: FormattingRules

  /// Samples that are read at a time: a second.
  private static let step = 16_000

  /// Puts a recogniser to work.
  ///
  /// - Parameters:
  ///   - recognizer: The engine, at rest.
  ///   - model: What documents name its model.
  ///   - loadSeconds: How long it took to load, for documents.
  ///   - fullContext: Whether to recognise each file in one pass, whatever its length.
  ///   - rules: How texts are written.
  package init(
    _ recognizer: Recognizer, model: String, loadSeconds: Double = 0, fullContext: Bool = false,
    rules: FormattingRules = FormattingRules()
  ) {
    self.init(
      { recognizer }, model: model, loadSeconds: loadSeconds, fullContext: fullContext,
      rules: rules)
  }

  /// Puts recognisers of one model to work, one after the other.
  ///
  /// - Parameters:
  ///   - current: Gives the one that is to go on, all of them at rest; asked after each second of
  ///     audio.
  ///   - model: What documents name its model.
  ///   - loadSeconds: How long it took to load, for documents.
  ///   - fullContext: Whether to recognise each file in one pass, whatever its length.
  ///   - alternatives: Texts to keep of those that beam searches compare.
  ///   - rules: How texts are written.
  init(
    _ current: @escaping () throws(RecognitionError) -> Recognizer, model: String,
    loadSeconds: Double, fullContext: Bool, alternatives: Int = 0, rules: FormattingRules
  ) {
    self.current = current
    self.rules = rules
    self.model = model
    self.loadSeconds = loadSeconds
    self.fullContext = fullContext
    self.alternatives = alternatives
  }

  /// Reads a recording to its end and gathers what was said in it.
  ///
  /// - Parameters:
  ///   - audio: The recording, of which nothing was read.
  ///   - part: Which part of it; all by default.
  ///   - progress: Called after each second of audio with the seconds that are recognised so far;
  ///     may end it all by throwing.
  /// - Returns: All there is to know.
  /// - Throws: `TranscriptionError` about this recording, and what `progress` throws.
  package func document(
    of audio: AudioFile, part: RecordingPart = RecordingPart(),
    progress: (_ seconds: Double) throws(TranscriptionError) -> Void = { _ in }
  ) throws(TranscriptionError) -> TranscriptDocument {
    let start = ContinuousClock.now
    let instrument = Instrument()
    let recognizer = try naming(audio, current)
    var transcriber = LongFormTranscriber(
      recognizer: recognizer, fullContext: fullContext,
      expected: part.seconds(of: audio.duration), keepsAlternatives: alternatives > 0,
      judges: rules.judge(for: recognizer.model).map { [$0] } ?? [],
      biasing: rules.biasing(for: recognizer.model))
    transcriber.recognizer.instrument = instrument
    defer { transcriber.recognizer.instrument = nil }
    var (transcript, count) = try transcript(of: audio, part, with: &transcriber, progress)
    let heard = ContinuousClock.now
    let model = transcriber.recognizer.model
    // Of hours of speech there is much of everything; what is not needed any more makes room.
    transcript.tokenTimes = []
    let text = text(of: transcript, judged: transcriber.judged.first ?? [])
    transcript.words = []
    var document = TranscriptDocument(
      file: audio.path, model: self.model, precision: model.precision,
      duration: Double(count) / 16_000, transcript: transcript,
      text: text, tokenizer: model.tokenizer, heard: audio.warnings,
      timing: .init(
        load: loadSeconds, features: instrument.features, encoder: instrument.encoder,
        decoder: instrument.decoder,
        formatting: heard.duration(to: .now) / .seconds(1),
        total: start.duration(to: .now) / .seconds(1)))
    document.offset = part.isWhole ? nil : part.offset
    if alternatives > 0 {
      document.alternatives = texts(of: transcriber.alternatives, text.text, model)
    }
    return document
  }

  /// What is written for a transcript.
  private func text(of transcript: Transcript, judged: [JudgedTerm]) -> FormattedText {
    var formatter = Formatter(rules)
    return formatter.finish(transcript, judged: judged)
  }

  /// Different texts among what may have been said, the best first, which is the document's.
  private func texts(
    of all: [Alternative], _ text: String, _ model: SpeechModel
  ) -> [TranscriptDocument.Alternative] {
    var texts: [TranscriptDocument.Alternative] = []
    for (index, alternative) in all.enumerated() where texts.count < alternatives {
      let transcript = { model.transcripts.transcript(tokens: alternative.tokens) }
      let other = index == 0 ? text : self.text(of: transcript(), judged: []).text
      guard !texts.contains(where: { $0.text == other }) else { continue }
      texts.append(.init(text: other, score: alternative.score))
    }
    return texts
  }

  /// The transcript of a recording, and the number of its samples.
  private func transcript(
    of audio: AudioFile, _ part: RecordingPart, with transcriber: inout LongFormTranscriber,
    _ progress: (Double) throws(TranscriptionError) -> Void
  ) throws(TranscriptionError) -> (Transcript, Int) {
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.step)
    defer { block.deallocate() }
    var (place, count) = (0, 0)
    while place < part.end, case let step = try read(audio, into: block), step > 0 {
      let heard = part.samples(of: place..<place + step)
      place += step
      try goOn(with: &transcriber, in: audio)
      if !heard.isEmpty {
        try naming(audio) { () throws(RecognitionError) in
          try transcriber.feed(UnsafeBufferPointer(block.extracting(heard)))
        }
        count += heard.count
      }
      try progress(transcriber.transcribedSeconds)
    }
    if count == 0, !part.isWhole {
      throw .noSuchPart(file: audio.path, offset: part.offset)
    }
    try goOn(with: &transcriber, in: audio)
    let transcript = try naming(audio) { () throws(RecognitionError) in try transcriber.finish() }
    return (transcript, count)
  }

  /// Changes to the recogniser that is to go on.
  private func goOn(
    with transcriber: inout LongFormTranscriber, in audio: AudioFile
  ) throws(TranscriptionError) {
    let next = try naming(audio, current)
    guard next !== transcriber.recognizer else { return }
    swap(&next.instrument, &transcriber.recognizer.instrument)
    transcriber.recognizer = next
  }

  private func read(
    _ audio: AudioFile, into block: UnsafeMutableBufferPointer<Float>
  ) throws(TranscriptionError) -> Int {
    do throws(AudioError) { return try audio.read(into: block) } catch { throw .audio(error) }
  }

  /// Lets the engine's errors say which recording they are about.
  private func naming<Result>(
    _ audio: AudioFile, _ body: () throws(RecognitionError) -> Result
  ) throws(TranscriptionError) -> Result {
    do throws(RecognitionError) { return try body() } catch {
      throw .recognition(file: audio.path, error)
    }
  }
}
