internal import Dictation
internal import Recognition
internal import System
internal import Transcription

extension EngineLoop {
  /// Transcribes a recording in windows, with dictations between them.
  mutating func transcribe(_ input: RecordedInput) throws(ServiceError) -> TranscribedFile {
    let file = try input.open(advice: advice)
    let recognizer = try loaded().recognizer
    let transcriber = FileTranscriber(recognizer, model: configuration.model.name)
    defer { returnFreedMemory() }
    do throws(TranscriptionError) {
      return TranscribedFile(try transcriber.document(of: file) { _ in giveWay() })
    } catch {
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
      entry.text = try transcribe(take).text
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
      entry.text = try transcribe(take).text
    } catch {
      return messenger.reply(.failure(error), to: address)
    }
    (entry.outcome, entry.audio, entry.model) = (.recovered, nil, configuration.model.name)
    archive.replace(entry, take, for: address)
  }

  /// Hears a take as it was heard, or would have been, while it was recorded.
  private mutating func transcribe(_ take: Take) throws(ServiceError) -> Transcript {
    let recognizer = try loaded().recognizer
    var session = DictationSession(recognizer: recognizer)
    var reader = TakeReader(take, block: 16_000)
    var transcript: Transcript?
    let report = { (event: DictationEvent) in
      if case .final(let result, _) = event { transcript = result }
    }
    do throws(RecognitionError) {
      while try reader.next(
        before: .max,
        { samples throws(RecognitionError) in
          try session.feed(samples, report)
        })
      {
        giveWay()
      }
      try session.finish(report)
    } catch {
      throw ServiceError(error, advice: advice)
    }
    guard let transcript else { throw ServiceError(code: .failed, message: "no text") }
    return transcript
  }

  /// Hears dictations that came in the meantime, with the same recogniser.
  private mutating func giveWay() {
    engine.beat()
    if engine.hasDictations { hearDictations() }
  }
}
