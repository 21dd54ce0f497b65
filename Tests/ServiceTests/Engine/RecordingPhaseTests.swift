import Audio
import Service
import Testing

/// Every event in every phase of a dictation.
@Suite struct RecordingPhaseTests {
  private static let keyUp = ContinuousClock.now
  private static let later = keyUp + .seconds(1)
  /// A microphone that brought three samples, two of which were taken before the dictation.
  private static let origin: SampleOrigin = {
    let ring = SampleRing(capacity: 16)
    let samples: [Float] = [1, 2, 3]
    samples.withUnsafeBufferPointer { _ = ring.write($0) }
    ring.discard(keepingLast: 1)
    return SampleOrigin(ring, arrivals: ArrivalClock(), at: later)
  }()
  private static let release = KeyRelease(time: keyUp, sample: 1)
  /// Of a key whose microphone brings nothing any more: all that is there was said before.
  private static let lateRelease = KeyRelease(time: keyUp, sample: .max)

  private static let events: [RecordingPhase.Event] = [
    .released(keyUp), .opened(origin), .ended, .heard, .cancelled,
    .repeated(keyUp, within: .zero),
  ]

  /// Each phase, and where the events lead from there, in the order of `events`; nil where one
  /// changes nothing.
  private static let table: [(RecordingPhase, [RecordingPhase?])] = [
    (.opening, [.tapped(keyUp), .recording(origin), .cutOff, .heard, .cancelled, nil]),
    (
      .tapped(keyUp),
      [nil, .trailing(origin, release), .recorded(lateRelease), .heard, .cancelled, .opening]
    ),
    (.recording(origin), [.trailing(origin, release), nil, .cutOff, .heard, .cancelled, nil]),
    (
      .trailing(origin, release),
      [nil, nil, .recorded(release), .heard, .cancelled, .recording(origin)]
    ),
    (.cutOff, [.recorded(lateRelease), nil, nil, .heard, .cancelled, nil]),
    (.recorded(release), [nil, nil, nil, .heard, .cancelled, nil]),
    (.heard, [nil, nil, nil, nil, nil, nil]),
    (.cancelled, [nil, nil, nil, nil, nil, nil]),
  ]

  @Test func everyEventLeadsWhereItShould() {
    for (phase, expected) in Self.table {
      for (event, next) in zip(Self.events, expected) {
        #expect(phase.after(event) == next, "\(event) in \(phase)")
      }
    }
  }

  /// A key that comes back later, or went up for another reason, does not repeat itself.
  @Test func onlyAKeyThatIsBackAtOnceRepeatsItself() {
    let late = RecordingPhase.Event.repeated(
      Self.keyUp + .milliseconds(61), within: .milliseconds(60))
    let soon = RecordingPhase.Event.repeated(Self.keyUp, within: .milliseconds(60))
    let ended = KeyRelease(time: Self.keyUp, sample: 1, cause: .length)
    #expect(RecordingPhase.tapped(Self.keyUp).after(late) == nil)
    #expect(RecordingPhase.trailing(Self.origin, Self.release).after(late) == nil)
    #expect(RecordingPhase.trailing(Self.origin, ended).after(soon) == nil)
  }

  /// From key-down every phase of the table can be reached, and no other.
  @Test func everyPhaseIsReachedFromKeyDown() {
    var reached: [RecordingPhase] = [.opening]
    var next = 0
    while next < reached.count {
      for event in Self.events {
        let phase = reached[next].after(event)
        if let phase, !reached.contains(phase) { reached.append(phase) }
      }
      next += 1
    }
    let known = Self.table.map(\.0) + [.recorded(Self.lateRelease)]
    #expect(reached.allSatisfy(known.contains) && known.allSatisfy(reached.contains))
  }

  /// Why the key counts as up is known to the end.
  @Test func theCauseOfAnEndIsKept() {
    for cause in [KeyRelease.Cause.key, .length, .silence] {
      let release = RecordingPhase.Event.released(Self.keyUp, cause)
      let paths: [[RecordingPhase.Event]] = [
        [release, .opened(Self.origin), .ended], [release, .ended],
        [.opened(Self.origin), release, .ended], [.ended, release],
      ]
      for path in paths {
        let last = path.reduce(RecordingPhase.opening) { $0.after($1) ?? $0 }
        #expect(last.release?.cause == cause, "\(path)")
      }
    }
  }

  /// However threads take turns, a dictation comes to an end, and nothing opens it again.
  @Test func everyPathEnds() {
    for (phase, _) in Self.table {
      for end in [RecordingPhase.Event.heard, .cancelled] {
        let last = phase.after(end) ?? phase
        #expect(last.isOver, "\(end) in \(phase)")
      }
    }
  }

  @Test func whatIsKnownOfAPhaseFollowsFromIt() {
    for (phase, _) in Self.table {
      let facts = (phase.release, phase.isComplete, phase.isOver)
      switch phase {
      case .opening, .tapped, .recording: #expect(facts == (nil, false, false))
      case .trailing: #expect(facts == (Self.release, false, false))
      case .cutOff: #expect(facts == (nil, true, false))
      case .recorded: #expect(facts == (Self.release, true, false))
      case .heard, .cancelled: #expect(facts == (nil, false, true))
      }
      let isUp =
        switch phase {
        case .tapped, .trailing, .recorded: true
        default: false
        }
      #expect((phase.releaseCause == .key) == isUp)
    }
  }
}
