internal import Dictation
internal import Formatting
internal import Recognition
internal import Transcription

extension EngineLoop {
  /// Hears a dictation to its end: the text goes to the clients and into the history.
  mutating func hear(_ recording: Recording) {
    var text: FinalText?
    let writing = lexicon.writing(of: recording)
    do throws(ServiceError) {
      text = try withModel { (loop, model) throws(RecognitionError) in
        model.prefetch()
        return try loop.transcribe(recording, with: model, writing)
      }
    } catch {
      messenger.publish(.error(error))
      awaitEnd(of: recording)
    }
    while let end = recording.explanationEnd, .now < end { engine.rest(until: end) }
    let orphaning = recording.orphaning
    guard recording.hear() else { return delivery.drop(recording) }
    let heard = HeardDictation(
      recording: recording, text: text, orphaning: orphaning, model: configuration.model.name,
      limits: configuration.dictation)
    delivery.take(heard, through: writing.filter)
  }

  /// Feeds a session from a take that grows; nil where nobody wants the words any more.
  private func transcribe(
    _ recording: Recording, with model: EngineModel, _ writing: Writing
  ) throws(RecognitionError) -> FinalText? {
    let instrument = Instrument()
    model.recognizer.instrument = instrument
    defer { model.recognizer.instrument = nil }
    var live = LiveDictation(recording, with: model, configuration.dictation, writing.rules)
    var result: DictationResult?
    hearing: while true {
      engine.beat()
      let step = try live.step(isPartialWanted: messenger.isWanted(.partial)) { event in
        if let end = tell(event) { result = end }
      }
      switch step {
      case .more: continue
      case .abandoned:
        status.letGo(recording)
        recording.release(.silence)
      case .wait(let deadline): engine.rest(until: deadline)
      case .over: break hearing
      }
    }
    guard let result else { return nil }
    return FinalText(
      id: recording.id, result, profile: writing.profile,
      latency: .init(
        release: recording.millisecondsSinceRelease,
        features: 1000 * instrument.features, encoder: 1000 * instrument.encoder,
        decoder: 1000 * instrument.decoder, formatting: 1000 * live.formattingSeconds))
  }

  /// Waits until a dictation that cannot be transcribed is at least recorded.
  private func awaitEnd(of recording: Recording) {
    while case let phase = recording.phase, !phase.isComplete, !phase.isOver {
      engine.rest(until: nil)
    }
  }

  /// What a session says last.
  fileprivate typealias DictationResult = (
    transcript: Transcript, text: FormattedText, statistics: DictationStatistics
  )

  /// Passes an event on; returns the result of the last one.
  private func tell(_ event: DictationEvent) -> DictationResult? {
    switch event {
    case .partial(let settled, let pending):
      messenger.publish(.partial(settled: settled, pending: pending))
    case .settled(let text):
      if configuration.dictation.partials, messenger.isWanted(.partial) {
        messenger.publish(.partial(settled: text, pending: ""))
      }
    case .speechStarted: break
    case .final(let transcript, let text, let statistics): return (transcript, text, statistics)
    }
    return nil
  }
}

extension FinalText {
  /// Gathers what clients get of a dictation.
  fileprivate init(
    id: String, _ result: EngineLoop.DictationResult, profile: FormattingProfile?, latency: Latency
  ) {
    self.init(
      id: id, text: result.text.text, raw: result.transcript.text,
      words: result.text.words.map(TimedWord.init),
      audioMs: 1000 * result.statistics.audioSeconds, latencyMs: latency, terms: result.text.terms,
      profile: profile)
  }
}
