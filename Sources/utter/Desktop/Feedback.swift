import Desktop
import Service
import System

/// Tells the user of `utter type` and `utter paste` what goes wrong, and when the microphone goes
/// on and off.
final class Feedback {
  private let notifier: Notifier?
  private let session: DesktopSession
  private let hasSounds: Bool
  private var isRecording = false

  init(_ wish: Configuration.Feedback, session: DesktopSession) {
    self.session = session
    notifier = wish.notifications ? Notifier(session: session) : nil
    hasSounds = wish.sounds
  }

  /// Passes on what the daemon tells.
  func note(_ news: Notification) {
    switch news {
    case .error(let error): tell(Failure(any: error))
    case .state(let state) where hasSounds && isRecording != (state == .recording):
      isRecording.toggle()
      (isRecording ? Chime.start : .stop).play(in: session)
    case .state, .partial, .final, .level, .dropped: break
    }
  }

  /// Tells what went wrong.
  func tell(_ failure: Failure) {
    report(failure)
    notifier?.show(failure.message.printable, failure.hint?.printable ?? "")
    if hasSounds { Chime.failure.play(in: session) }
  }

  /// Tells what the user should know, though nothing went wrong.
  func tell(_ note: String) { utter.tell(note) }
}
