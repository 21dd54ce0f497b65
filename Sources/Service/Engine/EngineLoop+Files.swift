internal import Audio
internal import CLinux
internal import Dictation
internal import Foundation
internal import Recognition

extension EngineLoop {
  /// Transcribes a recording in windows, with dictations between them.
  mutating func transcribe(_ input: RecordedInput) throws(ServiceError) -> TranscribedFile {
    let file = try input.open()
    let recognizer = try loaded().recognizer
    var transcriber = LongFormTranscriber(recognizer: recognizer)
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_000)
    defer {
      block.deallocate()
      clinux_return_memory()
    }
    var count = 0
    do {
      while case let step = try file.read(into: block), step > 0 {
        try transcriber.feed(UnsafeBufferPointer(block.extracting(0..<step)))
        count += step
        giveWay()
      }
      let transcript = try transcriber.finish()
      return TranscribedFile(
        text: transcript.text, words: transcript.words.map(FinalText.Word.init),
        audioMs: Double(count) / 16, model: configuration.model.name)
    } catch {
      throw ServiceError(any: error)
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
      throw ServiceError(error)
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

extension ServiceError {
  /// Whatever a room below throws.
  init(any error: any Error) {
    switch error {
    case let error as ServiceError: self = error
    case let error as AudioError: self.init(error)
    case let error as RecognitionError: self.init(error)
    default: self.init(code: Code.failed, message: error.localizedDescription)
    }
  }
}
