package import Audio

/// How far a dictation is between key-down and its last sample.
///
/// The key, the microphone and the engine each have a thread that brings events, in an order that
/// nobody can foresee. What an event means is said here alone: it leads to another phase, or
/// nowhere, because it comes too late or tells nothing new.
package enum RecordingPhase: Equatable, Sendable {
  /// The key is down, and the microphone is not open yet.
  case opening
  /// The key is up again, since then, and the microphone is not open yet.
  case tapped(ContinuousClock.Instant, KeyRelease.Cause = .key)
  /// The key is down, and samples come.
  case recording(SampleOrigin)
  /// The key is up, and the samples of the last moment come.
  case trailing(SampleOrigin, KeyRelease)
  /// The key is down, but the microphone is gone or cannot be opened.
  case cutOff
  /// The key is up, and all samples are there.
  case recorded(KeyRelease)
  /// The engine needs no more samples; the dictation has its text, or cannot have one.
  case heard
  /// The user wants to know the words no more.
  case cancelled

  /// What happens to a dictation.
  package enum Event: Sendable {
    /// The key went up, or counts as if it had.
    case released(ContinuousClock.Instant, KeyRelease.Cause = .key)
    /// The key did not go up, but repeated itself; how long it may have seemed to be up.
    case repeated(ContinuousClock.Instant, within: Duration)
    /// The user wants to know the words no more.
    case cancelled
    /// The microphone is open.
    case opened(SampleOrigin)
    /// No more samples will come.
    case ended
    /// The engine needs no more samples.
    case heard
  }

  /// The phase after an event.
  ///
  /// - Parameter event: What happened.
  /// - Returns: The next phase; nil where the event changes nothing.
  package func after(_ event: Event) -> RecordingPhase? {
    switch (self, event) {
    case (.heard, _), (.cancelled, _): nil
    case (_, .cancelled): .cancelled
    case (_, .heard): .heard

    case (.opening, .released(let time, let cause)): .tapped(time, cause)
    case (.opening, .opened(let origin)): .recording(origin)
    case (.opening, .ended): .cutOff

    // What an open microphone heard already was said before the key went up.
    case (.tapped(let time, let cause), .opened(let origin)):
      .trailing(origin, KeyRelease(time: time, sample: origin.arrived, cause: cause))
    case (.tapped(let time, let cause), .ended):
      .recorded(KeyRelease(time: time, sample: .max, cause: cause))
    case (.tapped, .released): nil

    case (.recording(let origin), .released(let time, let cause)):
      .trailing(origin, KeyRelease(time: time, sample: origin.spoken(until: time), cause: cause))
    case (.recording, .ended): .cutOff
    case (.recording, .opened): nil

    case (.trailing(_, let release), .ended): .recorded(release)
    case (.trailing, .released), (.trailing, .opened): nil

    case (.cutOff, .released(let time, let cause)):
      .recorded(KeyRelease(time: time, sample: .max, cause: cause))
    case (.cutOff, .opened), (.cutOff, .ended): nil

    case (.recorded, .released), (.recorded, .opened), (.recorded, .ended): nil

    case (.tapped(let time, .key), .repeated(let now, let limit)):
      now <= time + limit ? .opening : nil
    case (.trailing(let origin, let release), .repeated(let now, let limit)):
      release.cause == .key && now <= release.time + limit ? .recording(origin) : nil
    case (_, .repeated): nil
    }
  }

  /// When the key went up, where the first sample after that is known.
  package var release: KeyRelease? {
    switch self {
    case .trailing(_, let release), .recorded(let release): release
    case .opening, .tapped, .recording, .cutOff, .heard, .cancelled: nil
    }
  }

  /// Why the key counts as up; nil while it is held, and when all is over.
  package var releaseCause: KeyRelease.Cause? {
    if case .tapped(_, let cause) = self { cause } else { release?.cause }
  }

  /// Whether no more samples will come.
  package var isComplete: Bool {
    switch self {
    case .cutOff, .recorded: true
    case .opening, .tapped, .recording, .trailing, .heard, .cancelled: false
    }
  }

  /// Whether nothing will change any more.
  package var isOver: Bool { self == .heard || self == .cancelled }
}

/// The open microphone of a dictation, and which of its samples is the dictation's first.
package struct SampleOrigin: Equatable, Sendable {
  /// Where samples arrive.
  package let ring: SampleRing
  /// How many samples had gone through the ring before the first one.
  package let start: Int
  /// When the microphone was open.
  package let time: ContinuousClock.Instant
  private let arrivals: ArrivalClock

  /// Begins with the oldest sample in a ring.
  package init(
    _ ring: SampleRing, arrivals: ArrivalClock, at time: ContinuousClock.Instant = .now
  ) {
    self.ring = ring
    self.arrivals = arrivals
    self.time = time
    start = ring.takenCount
  }

  /// Samples of the dictation that the microphone brought, those still in the ring among them.
  package var arrived: Int { ring.writtenCount - start }

  /// Samples of the dictation that were spoken until a time, also those that are on their way.
  package func spoken(until time: ContinuousClock.Instant) -> Int {
    arrivals.spoken(until: time, arrived: ring.writtenCount) - start
  }

  /// Whether they are the same.
  package static func == (a: SampleOrigin, b: SampleOrigin) -> Bool {
    a.ring === b.ring && a.start == b.start && a.time == b.time
  }
}

/// The moment when the key of a dictation went up.
package struct KeyRelease: Equatable, Sendable {
  /// When.
  package let time: ContinuousClock.Instant
  /// The place of the first sample after it.
  package let sample: Int
  /// Why the dictation ends.
  package let cause: Cause

  /// A release.
  package init(time: ContinuousClock.Instant, sample: Int, cause: Cause = .key) {
    self.time = time
    self.sample = sample
    self.cause = cause
  }

  /// Why a dictation ends.
  package enum Cause: Equatable, Sendable {
    /// The user let the key go, or pressed it again.
    case key
    /// It is as long as a dictation may be.
    case length
    /// Nobody spoke for so long that nobody can be there who holds the key.
    case silence
    /// The client that watched the key is gone.
    case desertion
    /// The key was pressed again, so that it must have gone up unseen.
    case pressedAgain
  }
}
