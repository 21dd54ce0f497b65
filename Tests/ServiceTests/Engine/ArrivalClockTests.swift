import Audio
import Service
import TestSupport
import Testing

/// What was said before a key went up belongs to the dictation, however late it arrives.
@Suite struct ArrivalClockTests {
  private static let start = ContinuousClock.now
  /// 20 ms.
  private static let period = 320

  private static func time(_ milliseconds: Int) -> ContinuousClock.Instant {
    start + .milliseconds(milliseconds)
  }

  @Test func withoutAnArrivalNothingIsDue() {
    #expect(ArrivalClock().spoken(until: Self.time(500), arrived: 7) == 7)
  }

  /// A machine that stands still for 400 ms while somebody speaks on.
  @Test func whatIsHeldUpIsDue() {
    let clock = ArrivalClock()
    for index in 1...50 { clock.note(arrived: index * Self.period, at: Self.time(20 * index)) }
    #expect(clock.spoken(until: Self.time(1_400), arrived: 16_000) == 16_000 + 400 * 16)
    // And is not due twice, once it has come.
    clock.note(arrived: 22_400, at: Self.time(1_400))
    #expect(clock.spoken(until: Self.time(1_400), arrived: 22_400) == 22_400)
  }

  /// However irregular the arrivals are, no sample that was spoken is missing but the quickest's
  /// delay, and never more than was spoken is asked for.
  @Test func spokenSamplesAreNeitherMissingNorInvented() {
    var random = Seeded(5)
    for _ in 0..<200 {
      let clock = ArrivalClock()
      let delays = (0..<200).map { _ in Int.random(in: 20...300, using: &random) }
      var arrived = 0
      for (index, delay) in delays.enumerated() {
        // At this time all that was spoken until `delay` before is there.
        arrived = max(arrived, (1_000 + 20 * index - delay) * 16)
        clock.note(arrived: arrived, at: Self.time(1_000 + 20 * index))
      }
      let end = 1_000 + 20 * (delays.count - 1)
      let spoken = clock.spoken(until: Self.time(end), arrived: arrived)
      let quickest = delays.min() ?? 0
      #expect(spoken <= (end - quickest) * 16)
      // Four seconds of a clock that may be a thousandth slow.
      #expect(spoken >= (end - quickest) * 16 - 64 - 16)
    }
  }

  @Test func afterALossItBeginsAgain() {
    let clock = ArrivalClock()
    clock.note(arrived: 16_000, at: Self.time(1_000))
    clock.restart()
    clock.note(arrived: 16_320, at: Self.time(3_000))
    #expect(clock.spoken(until: Self.time(3_020), arrived: 16_320) == 16_640)
  }

  /// A device that has died owes a second, not all that it will never bring.
  @Test func noMoreThanASecondIsWaitedFor() {
    let clock = ArrivalClock()
    clock.note(arrived: 100, at: Self.start)
    #expect(clock.spoken(until: Self.time(60_000), arrived: 100) == 16_100)
  }

  /// The key that goes up asks for what is on its way.
  @Test func theReleaseCountsWhatIsOnItsWay() throws {
    let (ring, arrivals) = (SampleRing(capacity: 1_024), ArrivalClock())
    let samples = [Float](repeating: 0, count: 1_000)
    samples.withUnsafeBufferPointer { _ = ring.write($0) }
    arrivals.note(arrived: 1_000, at: Self.start)
    ring.discard(keepingLast: 900)
    let origin = SampleOrigin(ring, arrivals: arrivals, at: Self.start)
    let phase = try #require(RecordingPhase.recording(origin).after(.released(Self.time(100))))
    #expect(phase.release?.sample == 900 + 1_600)
  }
}
