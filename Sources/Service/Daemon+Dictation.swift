internal import Synchronization
internal import System

/// What keys do: dictations start and end.
///
/// No text of a dictation comes before the answers to the requests that started and ended it.
extension Daemon {
  /// Starts, or goes on: a key that repeats itself is pressed once, also where each repetition is a
  /// release and a press.
  ///
  /// A key that went up unseen left its dictation on; what that heard since is not meant for the
  /// window. It was seen after all where the message only comes late.
  func startDictation(
    _ request: RecordingRequest, isHold: Bool, for address: ReplyAddress
  ) {
    var held = status.now.recording
    if isHold, let lost = held, lost.isHold, lost.watcher == nil,
      keys.withLock({ $0.missesLift(before: request.began) }), status.letGo(lost) != nil
    {
      lost.release(.pressedAgain)
      held = nil
    }
    let isRepeating = status.now.lifted?.isRepeating ?? false
    if isHold, held == nil,
      keys.withLock({ $0.isRepetition(at: request.began, isRepeating: isRepeating) })
    {
      held = status.takeBack()
    }
    guard keys.withLock({ $0.press(request, isRecording: held != nil) }) else {
      return refuse(address, "the key is up again")
    }
    if let held { return held.answer.add(address) }
    guard !isEnding.load(ordering: .relaxed) else {
      let error = ServiceError(code: .failed, message: "the daemon is about to end")
      return messenger.reply(.failure(error), to: address)
    }
    begin(
      request, isHold: isHold, watchedBy: request.isAttached ? address.client : nil, for: address)
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
    let isRepeating = status.now.recording?.isRepeating ?? false
    let lift = keys.withLock { $0.lift(at: began, isRepeating: isRepeating) }
    if lift == .endedTheLast, let last = status.now.lifted, last.explainRelease() {
      return last.answer.add(address)
    }
    if lift == .repeats, let held = status.now.recording {
      held.noteRepetition()
      return held.answer.add(address)
    }
    guard lift != .comesLate, lift != .endedTheLast, let held = status.letGo() else {
      return refuse(address, "nothing is being recorded", because: status.now.failedStart)
    }
    held.answer.add(address)
    ending(held)
    if case .endsBefore(let press) = lift {
      begin(press.request, isHold: true, watchedBy: nil, for: nil)
    }
  }

  private func begin(
    _ request: RecordingRequest, isHold: Bool, watchedBy watcher: Int?, for address: ReplyAddress?
  ) {
    // Asked once: a dictation is kept, or not, as it was when the key went down.
    let history = archive.history
    let take = Take(id: DictationName.now(), in: history == nil ? nil : archive.spool)
    let recording = Recording(
      request, isHold: isHold, watcher: watcher, take: take, history: history,
      answer: StartAnswer(id: take.id, messenger: messenger), engine: engine.wakeEvent)
    if let address { recording.answer.add(address) }
    status.update { ($0.recording, $0.failedStart) = (recording, nil) }
    lexicon.prepare(recording)
    recorder.record(recording)
    engine.hear(recording)
    recording.answer.expire()
  }

  private func refuse(_ address: ReplyAddress, _ reason: String, because cause: ServiceError? = nil)
  {
    let error = ServiceError(
      code: .notRecording, message: cause.map { "\(reason): \($0.message)" } ?? reason,
      hint: cause?.hint)
    messenger.reply(.failure(error), to: address)
  }
}
