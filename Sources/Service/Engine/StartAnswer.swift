internal import System

/// What those are told who let a dictation begin: that it goes on, or why it does not.
///
/// The answer waits for the microphone, but not for one that takes its time. A key that goes up
/// before is answered with it: of a dictation that nothing comes of, that is to be known, too.
package final class StartAnswer: Sendable {
  private struct State {
    var waiting: [ReplyAddress] = []
    /// What everybody is told; nil while the microphone is being opened.
    var outcome: Result<DictationReference, ServiceError>?
  }

  /// How long a microphone is waited for.
  private static let patience = Duration.milliseconds(300)

  private let state = Monitor(State())
  private let reference: DictationReference
  private let messenger: any ClientMessenger

  /// An answer that nobody waits for yet.
  ///
  /// - Parameters:
  ///   - id: Names the dictation.
  ///   - messenger: Where it goes.
  package init(id: String, messenger: any ClientMessenger) {
    reference = DictationReference(id: id)
    self.messenger = messenger
  }

  /// Answers when it is known what to answer.
  package func add(_ address: ReplyAddress) {
    state.withLock { state in
      if let outcome = state.outcome {
        messenger.reply(outcome.erased, to: address)
      } else {
        state.waiting.append(address)
      }
    }
  }

  /// The microphone is open, or cannot be opened.
  ///
  /// - Parameter failure: Why not; nil where it is open.
  /// - Returns: Whether that is what everybody is told; false where it comes too late.
  @discardableResult package func give(_ failure: ServiceError? = nil) -> Bool {
    state.withLock { state in
      guard state.outcome == nil else { return false }
      let outcome = failure.map(Result.failure) ?? .success(reference)
      // Under the lock, so that answers come in the order of the requests.
      for address in state.waiting { messenger.reply(outcome.erased, to: address) }
      (state.waiting, state.outcome) = ([], outcome)
      return true
    }
  }

  /// Lets nobody wait too long, from now on.
  func expire() {
    do throws(Errno) {
      _ = try NamedThread("utter-answer") { [self] in
        _ = state.wait(until: .now + Self.patience) { $0.outcome }
        give()
      }
    } catch {
      give()
    }
  }
}

/// The answer to what starts or ends a dictation.
struct DictationReference: Encodable, Sendable { let id: String }
