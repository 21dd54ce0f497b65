import ArgumentParser
import Desktop
import Service
import System

/// Passes on each dictation for as long as the session lasts, also of a daemon that is started
/// later, or again.
struct DictationLoop {
  /// What this program is called.
  let program: String
  /// Where it types.
  let session: DesktopSession
  /// What becomes of line ends in dictations.
  let lineEnds: LineEnds
  /// What to press after each dictation.
  let keys: String
  /// Whether to end after the first.
  let isOnce: Bool
  /// Whom to tell what goes wrong.
  let feedback: Feedback

  /// Runs until the session is over.
  ///
  /// A dictation that cannot be delivered is reported and the next one awaited.
  ///
  /// - Parameters:
  ///   - display: Tells when the session is over; nil where nothing does.
  ///   - deliver: Gets a text and the keys that follow it; returns what the user should know.
  /// - Throws: Where another program does it already; where it is to end after one dictation, why
  ///   there is none.
  func run(
    until display: DisplayWatch?, _ deliver: (_ text: String, _ keys: String) throws -> [String]
  ) throws {
    let seat = try TypistSeat.folder.map { folder in
      try TypistSeat(in: session, folder: folder, for: program)
    }
    defer { withExtendedLifetime(seat) {} }
    var client = try LastingClient(on: [.final, .state, .error])
    display?.watchHand()
    var cursor = CursorContext()
    // Texts that come while a key is held whose watch typing would end.
    var waiting: [String] = []
    var isHeld = false
    func pass(_ said: String) throws {
      if display?.hasHandMoved() == true { cursor.forget() }
      defer { display?.forgetHand() }
      do {
        let text = cursor.separator(before: said) + said
        for note in try deliver(text, keys) { feedback.tell(note) }
        cursor.note(text + keys)
      } catch  where !isOnce {
        cursor.forget()
        feedback.tell(Failure(any: error))
      }
    }
    func passAll() throws {
      isHeld = false
      for said in waiting { try pass(said) }
      waiting = []
    }
    while true {
      switch client.next(orReadable: display?.descriptor) {
      case .interruption:
        guard let display, display.hasEnded() else { continue }
        return tell("display \(display.name): the session is over")
      case .absent(let error):
        try passAll()
        if isOnce { throw error }
        report(Failure(any: error))
        tell("waiting for the daemon")
      case .notification(.final(let dictation), _):
        let said = SeenText(dictation.text, lineEnds: lineEnds).text
        guard !said.isEmpty else { continue }
        if isHeld, !isOnce {
          waiting.append(said)
          continue
        }
        try pass(said)
        if isOnce { return }
      case .notification(let news, _):
        if case .state(let state) = news {
          if state == .recording { display?.noteDictation() } else { try passAll() }
          isHeld = state == .recording && session.endsHoldsByKeys
        }
        feedback.note(news)
      case .present: break
      }
    }
  }
}

extension TypistSeat {
  /// Where it lies; nil where the user has no folder of that kind, and nothing can be made sure.
  static var folder: String? { UserFolders().runtime.map { "\($0)/utter" } }
}
