internal import Synchronization
internal import System

/// What keys do: dictations start and end.
///
/// A request is answered before its consequences begin, so that no text comes before the answer.
extension Daemon {
  /// The answer to what starts or ends a dictation.
  private struct DictationReference: Encodable, Sendable { let id: String }

  /// Starts, or goes on: a key that repeats itself is pressed once.
  func startDictation(
    _ request: RecordingRequest, isHold: Bool, for address: ReplyAddress
  ) {
    let held = status.now.recording
    guard keys.withLock({ $0.press(request, isRecording: held != nil) }) else {
      return refuse(address, "the key is up again")
    }
    if let held { return answer(address, with: held) }
    guard !isEnding.load(ordering: .relaxed) else {
      let error = ServiceError(code: .failed, message: "the daemon is about to end")
      return messenger.reply(.failure(error), to: address)
    }
    begin(request, isHold: isHold, watchedBy: request.isAttached ? address.client : nil) {
      answer(address, with: $0)
    }
  }

  /// Ends the dictation whose key was held.
  ///
  /// - Parameters:
  ///   - began: When the program began that asks for it, where that is known.
  ///   - address: Where the answer goes.
  func stopDictation(_ began: ProcessBegin?, for address: ReplyAddress) {
    lift(began, for: address) { $0.release() }
  }

  /// Drops the dictation whose key was held; the parameters are those of `stopDictation`.
  func cancelDictation(_ began: ProcessBegin?, for address: ReplyAddress) {
    lift(began, for: address) { $0.cancel() }
  }

  /// Ends the dictation whose key a client watched that is gone; called on the socket thread.
  ///
  /// - Parameter client: Its connection's number.
  package func leave(_ client: Int) {
    guard let held = status.now.recording, held.watcher == client, status.letGo(held) != nil else {
      return
    }
    held.release(.desertion)
  }

  private func lift(
    _ began: ProcessBegin?, for address: ReplyAddress, _ ending: (Recording) -> Void
  ) {
    let lift = keys.withLock { $0.lift(at: began) }
    guard lift != .comesLate, let held = status.letGo() else {
      return refuse(address, "nothing is being recorded")
    }
    answer(address, with: held)
    ending(held)
    if case .endsBefore(let press) = lift {
      begin(press.request, isHold: true, watchedBy: nil) { _ in }
    }
  }

  private func begin(
    _ request: RecordingRequest, isHold: Bool, watchedBy watcher: Int?,
    _ answer: (Recording) -> Void
  ) {
    // Asked once: a dictation is kept, or not, as it was when the key went down.
    let history = archive.history
    let take = Take(id: DictationName.now(), in: history == nil ? nil : archive.spool)
    let recording = Recording(
      request, isHold: isHold, watcher: watcher, take: take, history: history,
      engine: engine.wakeEvent)
    answer(recording)
    status.update { $0.recording = recording }
    recorder.record(recording)
    engine.hear(recording)
  }

  private func answer(_ address: ReplyAddress, with recording: Recording) {
    messenger.reply(.success(DictationReference(id: recording.id)), to: address)
  }

  private func refuse(_ address: ReplyAddress, _ reason: String) {
    messenger.reply(.failure(ServiceError(code: .notRecording, message: reason)), to: address)
  }
}
