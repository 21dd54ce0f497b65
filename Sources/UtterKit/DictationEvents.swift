/// What happens during a dictation, and its transcript last: ``SpeechModel/dictate(_:partials:)``.
///
/// Asking for the next event takes pieces of audio in until there is one.
public struct DictationEvents<Audio: AsyncSequence>: AsyncSequence where Audio.Element == [Float] {
  let engine: Engine
  let audio: Audio
  let partials: Bool

  /// Begins the dictation.
  public func makeAsyncIterator() -> Iterator {
    Iterator(audio.makeAsyncIterator(), Session(engine, partials: partials))
  }

  /// A dictation under way.
  public struct Iterator: AsyncIteratorProtocol {
    private var audio: Audio.AsyncIterator
    private let session: Session
    private var events: [DictationEvent] = []
    private var isOver = false

    init(_ audio: Audio.AsyncIterator, _ session: Session) {
      (self.audio, self.session) = (audio, session)
    }

    /// Waits for the next event.
    ///
    /// - Returns: The event; nil after the transcript.
    /// - Throws: ``UtterError``, or what the audio's sequence throws.
    public mutating func next() async throws -> DictationEvent? {
      while events.isEmpty, !isOver {
        let samples = try await audio.next()
        events = try await session.take(samples)
        isOver = samples == nil
      }
      return events.isEmpty ? nil : events.removeFirst()
    }
  }
}

extension DictationEvents: Sendable where Audio: Sendable {}
