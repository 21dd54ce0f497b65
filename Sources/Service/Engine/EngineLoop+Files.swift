internal import Audio
internal import Dictation
internal import Formatting
internal import Recognition
internal import System
internal import Transcription

extension EngineLoop {
  /// Transcribes a recording in windows, with dictations between them, as long as its client waits.
  mutating func transcribe(
    _ file: AudioFile, for address: ReplyAddress
  ) throws(ServiceError) -> TranscribedFile {
    let recognizer = try loaded().recognizer
    let transcriber = FileTranscriber(
      recognizer, model: configuration.model.name, rules: lexicon.standard)
    defer { returnFreedMemory() }
    do throws(TranscriptionError) {
      return TranscribedFile(
        try transcriber.document(of: file) { (_) throws(TranscriptionError) in
          giveWay()
          if isLeft(by: address.client) { throw .cancelled(file: file.path) }
        })
    } catch {
      if case .recognition(_, let cause) = error { forget(after: cause) }
      throw ServiceError(error, advice: advice)
    }
  }

  /// Transcribes what a daemon that died left behind, and offers it in the history.
  mutating func recover(_ take: Take) {
    var entry = HistoryEntry(
      id: take.id, time: DictationName.time(of: take.id), outcome: .recovered, text: "",
      audioMs: Double(take.count) / 16, model: configuration.model.name, directory: nil,
      audio: nil)
    do throws(ServiceError) {
      // Otherwise the next daemon finds it.
      guard let text = try transcribe(take) else { return }
      entry.text = text.text
    } catch {
      (entry.outcome, entry.audio) = (.failed, take.path)
      messenger.publish(.error(error))
    }
    archive.keepRecovered(entry, take)
  }

  /// Transcribes a dictation of the history again.
  mutating func retry(_ entry: HistoryEntry, _ take: Take, for address: ReplyAddress) {
    var entry = entry
    do throws(ServiceError) {
      guard let text = try transcribe(take) else {
        throw ServiceError(code: .failed, message: "\(entry.id): the daemon is about to end")
      }
      (entry.text, entry.raw) = (text.text, nil)
    } catch {
      return messenger.reply(.failure(error), to: address)
    }
    (entry.outcome, entry.audio, entry.model) = (.recovered, nil, configuration.model.name)
    archive.replace(entry, take, for: address)
  }

  /// Hears a take as it was heard, or would have been, while it was recorded; nil where the daemon
  /// ends before.
  private mutating func transcribe(_ take: Take) throws(ServiceError) -> FormattedText? {
    try withModel { (loop, model) throws(RecognitionError) in
      var session = DictationSession(recognizer: model.recognizer)
      session.configuration.rules = loop.lexicon.standard
      var reader = TakeReader(take, block: 16_000)
      var text: FormattedText?
      let report = { (event: DictationEvent) in
        if case .final(_, let result, _) = event { text = result }
      }
      while try reader.next(
        before: .max,
        { samples throws(RecognitionError) in
          try session.feed(samples, report)
        })
      {
        loop.giveWay()
        if loop.engine.mustEnd { return nil }
      }
      try session.finish(report)
      return text
    }
  }

  /// Whether nobody waits for an answer any more, or the daemon ends.
  private func isLeft(by client: Int) -> Bool {
    engine.mustEnd || !messenger.isConnected(client)
  }

  /// Hears dictations that came in the meantime, with the same recogniser.
  private mutating func giveWay() {
    engine.beat()
    if engine.hasDictations { hearDictations() }
  }
}
