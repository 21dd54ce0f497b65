internal import System

/// What jobs tell the thread that waits for them.
final class JobMail: Sendable {
  enum Message: Sendable {
    /// Something happened.
    case event(TranscriptionEvent)
    /// A recording is done; its files are written, where it goes to files.
    case done(FinishedRecording, TranscriptDocument)
    /// A recording failed.
    case failed(number: Int, TranscriptionError)
    /// Nothing more can be done.
    case ended(any Error)
    /// A job has nothing more to do.
    case left
  }

  /// Jobs wait where so many messages were not read yet.
  private static let mostUnread = 1_000
  private let unread = Monitor<[Message]>([])

  /// Sends a message.
  func send(_ message: Message) {
    _ = unread.wait { $0.count < Self.mostUnread ? $0.append(message) : nil }
    wake()
  }

  /// Waits for messages, and takes all that there are.
  func take() -> [Message] {
    let messages = unread.wait { messages -> [Message]? in
      defer { messages = [] }
      return messages.isEmpty ? nil : messages
    }
    wake()
    return messages ?? []
  }

  /// Lets those look again who wait for messages, or for room.
  private func wake() { unread.withLock { _ in } }
}
