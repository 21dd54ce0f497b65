internal import Synchronization

/// What keys do: dictations start and end.
///
/// A request is answered before its consequences begin, so that no text comes before the answer.
extension Daemon {
  /// The answer to what starts or ends a dictation.
  private struct DictationReference: Encodable, Sendable { let id: String }

  /// Starts, or goes on: a key that repeats itself is pressed once.
  func startDictation(_ request: RecordingRequest, for address: ReplyAddress) {
    if let held = status.now.recording { return answer(address, with: held) }
    guard !isEnding.load(ordering: .relaxed) else {
      let error = ServiceError(code: .failed, message: "the daemon is about to end")
      return messenger.reply(.failure(error), to: address)
    }
    // Asked once: a dictation is kept, or not, as it was when the key went down.
    let history = archive.history
    let take = Take(id: DictationName.now(), in: history == nil ? nil : archive.spool)
    let recording = Recording(request, take: take, history: history, engine: engine.wakeEvent)
    answer(address, with: recording)
    status.update { $0.recording = recording }
    recorder.record(recording)
    engine.hear(recording)
  }

  /// Ends the dictation whose key was held.
  func stopDictation(for address: ReplyAddress) {
    guard let held = letGo() else { return refuse(address) }
    answer(address, with: held)
    held.release()
  }

  /// Drops the dictation whose key was held.
  func cancelDictation(for address: ReplyAddress) {
    guard let held = letGo() else { return refuse(address) }
    answer(address, with: held)
    held.cancel()
  }

  /// The key is held no more; nil where none was.
  func letGo() -> Recording? {
    status.update { status in
      guard let held = status.recording else { return nil }
      (status.recording, status.unfinished) = (nil, status.unfinished + 1)
      return held
    }
  }

  private func answer(_ address: ReplyAddress, with recording: Recording) {
    messenger.reply(.success(DictationReference(id: recording.id)), to: address)
  }

  private func refuse(_ address: ReplyAddress) {
    let error = ServiceError(code: .notRecording, message: "nothing is being recorded")
    messenger.reply(.failure(error), to: address)
  }
}
