/// Ends a dictation that nobody ends: a microphone that stays on by mistake hears what it should
/// not.
struct DictationLimit {
  private let recording: Recording
  private let limit: Duration?
  private var hasWarned = false

  /// How long before its end the user is warned.
  private static let notice = Duration.seconds(30)

  /// Watches a dictation.
  ///
  /// - Parameters:
  ///   - recording: The dictation.
  ///   - limit: How long it may be; nil for any length.
  init(_ recording: Recording, _ limit: Duration?) {
    self.recording = recording
    self.limit = limit
  }

  /// Warns, or ends the dictation, when it is time.
  mutating func check(_ status: DaemonStatus, _ messenger: any ClientMessenger) {
    guard let limit, case .recording = recording.phase else { return }
    let length = recording.keyDown.duration(to: .now)
    if length >= limit {
      status.letGo(recording)
      recording.release(.length)
    } else if !hasWarned, length >= max(limit - Self.notice, limit / 2) {
      hasWarned = true
      let left = DurationText.text(min(Self.notice, limit / 2))
      let message = "the dictation: ends in \(left), after \(DurationText.text(limit))"
      messenger.publish(
        .error(
          ServiceError(code: .limit, message: message, hint: "what is said then is not heard")))
    }
  }
}
