internal import Formatting
internal import System

/// Brings texts to those who want them, in the order of the dictations.
///
/// The engine thread hands over what it heard. Where a filter is to see the text first, that
/// happens on a thread of its own, for another program may take its time.
final class Delivery: Sendable {
  private let archive: Archive
  private let status: DaemonStatus
  private let messenger: any ClientMessenger
  private let thread: FileThread
  /// Dictations that wait for a filter.
  private let waiting = Monitor(0)

  /// Starts.
  ///
  /// - Throws: Where the system has no more threads.
  init(
    archive: Archive, status: DaemonStatus, messenger: any ClientMessenger
  ) throws(ServiceError) {
    (self.archive, self.status, self.messenger) = (archive, status, messenger)
    thread = try FileThread(named: "utter-filter", messenger: messenger)
  }

  /// Takes a dictation over.
  ///
  /// - Parameters:
  ///   - heard: The dictation.
  ///   - filter: Changes its text first.
  func take(_ heard: HeardDictation, through filter: TextFilter?) {
    let mustWait = waiting.withLock { waiting in
      let mustWait = filter != nil || waiting > 0
      if mustWait { waiting += 1 }
      return mustWait
    }
    guard mustWait else { return deliver(heard) }
    thread.perform { [self] in
      var heard = heard
      do throws(TextFilterError) {
        if let filter, heard.orphaning == nil { try heard.apply(filter) }
      } catch {
        messenger.publish(
          .error(
            ServiceError(
              code: .failed, message: "format.filter: \(error)", hint: "the text is as it was")))
      }
      deliver(heard)
      waiting.withLock { $0 -= 1 }
    }
  }

  /// A dictation that nobody wants any more.
  func drop(_ recording: Recording) {
    archive.discard(recording.take)
    finish(recording, text: nil)
  }

  /// Waits for what is under way.
  ///
  /// - Parameter deadline: How long at most.
  /// - Returns: Whether all was delivered.
  func end(until deadline: ContinuousClock.Instant) -> Bool { thread.end(until: deadline) }

  private func deliver(_ heard: HeardDictation) {
    // First, so that a client which subscribes now finds in the history what it is not sent.
    keep(heard)
    if let orphaning = heard.orphaning {
      tell(of: orphaning, heard)
    } else if let text = heard.text {
      messenger.publish(.final(text))
    }
    finish(heard.recording, text: heard.text)
  }

  private func finish(_ recording: Recording, text: FinalText?) {
    status.update { status in
      if status.recording === recording { status.recording = nil } else { status.unfinished -= 1 }
      guard let text else { return }
      status.dictations += 1
      status.releaseMs = text.latencyMs.release
    }
  }

  /// Has the dictation remembered; its recording too where it could not be transcribed.
  private func keep(_ heard: HeardDictation) {
    let (take, text) = (heard.recording.take, heard.text)
    guard let history = heard.recording.history,
      text.map({ !$0.text.isEmpty }) ?? (take.count > 0)
    else { return archive.discard(take) }
    let entry = HistoryEntry(
      id: take.id, time: DictationName.time(of: take.id),
      outcome: text == nil ? .failed : .done,
      text: text?.text ?? "", raw: text?.raw, audioMs: text?.audioMs ?? Double(take.count) / 16,
      model: heard.model, directory: heard.recording.request.directory,
      audio: text == nil ? take.path : nil)
    archive.keep(entry, take, in: history)
  }

  /// Tells why there is no text of a dictation whose key seems to be stuck.
  private func tell(of cause: KeyRelease.Cause, _ heard: HeardDictation) {
    let limits = heard.limits
    func text(_ limit: Duration?) -> String { limit.map(DurationText.text) ?? "too long" }
    let reason =
      switch cause {
      case .length: "its key was held for \(text(limits.maxLength))"
      case .key, .silence:
        "its key was held, and nobody spoke, for \(text(limits.silenceStop))"
      case .desertion: "the program that watched its key is gone"
      case .pressedAgain: "its key went up unseen, and was pressed again"
      }
    let message = "the dictation: \(reason)"
    let hint =
      heard.recording.history == nil
      ? "nothing of it is kept; see dictation.max_length and silence_stop" : nil
    messenger.publish(.error(ServiceError(code: .limit, message: message, hint: hint)))
  }
}
