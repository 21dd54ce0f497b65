internal import Dictation
internal import Recognition
internal import Transcription

extension EngineLoop {
  /// Hears a dictation to its end: the text goes to the clients and into the history.
  mutating func hear(_ recording: Recording) {
    var text: FinalText?
    do throws(ServiceError) {
      text = try withModel { (loop, model) throws(RecognitionError) in
        model.prefetch()
        return try loop.transcribe(recording, with: model)
      }
    } catch {
      messenger.publish(.error(error))
      awaitEnd(of: recording)
    }
    let orphaning = recording.orphaning
    let isWanted = recording.hear()
    if isWanted {
      // First, so that a client which subscribes now finds in the history what it is not sent.
      keep(recording, text)
      if let orphaning {
        tell(of: orphaning)
      } else if let text {
        messenger.publish(.final(text))
      }
    } else {
      archive.discard(recording.take)
    }
    status.update { status in
      if status.recording === recording { status.recording = nil } else { status.unfinished -= 1 }
      if isWanted, let text {
        status.dictations += 1
        status.releaseMs = text.latencyMs.release
      }
    }
  }

  /// Feeds a session from a take that grows; nil where nobody wants the words any more.
  private func transcribe(
    _ recording: Recording, with model: EngineModel
  ) throws(RecognitionError) -> FinalText? {
    let instrument = Instrument()
    model.recognizer.instrument = instrument
    defer { model.recognizer.instrument = nil }
    var live = LiveDictation(recording, with: model, configuration.dictation)
    var result: (Transcript, DictationStatistics)?
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
    guard let (transcript, statistics) = result else { return nil }
    let release = (recording.phase.release?.time).map { $0.duration(to: .now) } ?? .zero
    return FinalText(
      id: recording.id, transcript, audioSeconds: statistics.audioSeconds,
      latency: .init(
        release: release / .milliseconds(1),
        features: 1000 * instrument.features, encoder: 1000 * instrument.encoder,
        decoder: 1000 * instrument.decoder, formatting: 0))
  }

  /// Waits until a dictation that cannot be transcribed is at least recorded.
  private func awaitEnd(of recording: Recording) {
    while case let phase = recording.phase, !phase.isComplete, !phase.isOver {
      engine.rest(until: nil)
    }
  }

  /// Tells why there is no text of a dictation whose key seems to be stuck.
  private func tell(of cause: KeyRelease.Cause) {
    func text(_ limit: Duration?) -> String { limit.map(DurationText.text) ?? "too long" }
    let reason =
      switch cause {
      case .length: "its key was held for \(text(configuration.dictation.maxLength))"
      case .key, .silence:
        "its key was held, and nobody spoke, for \(text(configuration.dictation.silenceStop))"
      case .desertion: "the program that watched its key is gone"
      }
    let message = "the dictation: \(reason)"
    messenger.publish(.error(ServiceError(code: .limit, message: message)))
  }

  /// Passes an event on; returns the result of the last one.
  private func tell(_ event: DictationEvent) -> (Transcript, DictationStatistics)? {
    switch event {
    case .partial(let settled, let pending):
      messenger.publish(.partial(settled: settled, pending: pending))
    case .settled(let text):
      if configuration.dictation.partials, messenger.isWanted(.partial) {
        messenger.publish(.partial(settled: text, pending: ""))
      }
    case .speechStarted: break
    case .final(let transcript, let statistics): return (transcript, statistics)
    }
    return nil
  }

  /// Has the dictation remembered; its recording too where it could not be transcribed.
  private func keep(_ recording: Recording, _ text: FinalText?) {
    let take = recording.take
    guard let history = recording.history,
      text.map({ !$0.text.isEmpty }) ?? (take.count > 0)
    else { return archive.discard(take) }
    let entry = HistoryEntry(
      id: recording.id, time: DictationName.time(of: recording.id),
      outcome: text == nil ? .failed : .done,
      text: text?.text ?? "", audioMs: text?.audioMs ?? Double(take.count) / 16,
      model: configuration.model.name, directory: recording.request.directory,
      audio: text == nil ? take.path : nil)
    archive.keep(entry, take, in: history)
  }
}

extension FinalText {
  /// Gathers what clients get of a transcript.
  init(id: String, _ transcript: Transcript, audioSeconds: Double, latency: Latency) {
    self.init(
      id: id, text: transcript.text, raw: transcript.text,
      words: transcript.words.map(TimedWord.init),
      audioMs: 1000 * audioSeconds, latencyMs: latency, terms: [])
  }
}
