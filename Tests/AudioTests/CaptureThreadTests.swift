import Audio
import Foundation
import Testing

/// What the capture thread does when a device fails, without ALSA.
@Suite struct CaptureThreadTests {
  @Test func overrunIsCountedAndCaptureGoesOn() throws {
    let capture = try start([
      { ScriptedDevice([.samples([1, 2]), .error(EPIPE), .error(EINTR), .samples([3])]) }
    ])
    #expect(hear(capture, 3) == [1, 2, 3])
    #expect(capture.statistics.overruns == 1)
    #expect(capture.statistics.reopens == 0)
    #expect(capture.statistics.state == .running)
  }

  @Test(arguments: [[], [-EAGAIN, 0], [-ENOSYS]])
  func sleepOfTheMachineIsOvercome(resumptions: [Int32]) throws {
    let capture = try start([
      {
        ScriptedDevice(
          [.samples([1]), .error(ESTRPIPE), .samples([2])], resumptions: resumptions)
      }
    ])
    #expect(hear(capture, 2) == [1, 2])
    #expect(capture.statistics.reopens == 0)
  }

  @Test(arguments: [ENODEV, EIO, EBADFD]) func lostDeviceIsOpenedAgain(code: Int32) throws {
    let capture = try start([
      { ScriptedDevice([.samples([1]), .error(code), .samples([9])]) },
      nil,
      { ScriptedDevice([.samples([2]), .error(code)]) },
      { ScriptedDevice([.samples([3])]) },
    ])
    #expect(hear(capture, 3) == [1, 2, 3])
    #expect(capture.statistics.reopens == 2)
    #expect(capture.statistics.state == .running)
  }

  /// ALSA's plugin for PulseAudio calls a device that is gone a broken pipe, as an overrun.
  @Test func unpluggedDeviceIsNoOverrun() throws {
    let capture = try start([
      { ScriptedDevice([.samples([1]), .error(EPIPE)], starts: [0, -EIO]) },
      { ScriptedDevice([.samples([2])]) },
    ])
    #expect(hear(capture, 2) == [1, 2])
    #expect(capture.statistics.overruns == 0)
    #expect(capture.statistics.reopens == 1)
  }

  /// It does not count as running.
  @Test func deviceThatOnlyClaimsToDeliverIsLost() throws {
    let began = SuspendingClock.now
    let capture = try start([
      { ScriptedDevice([.samples([1])], isLying: true) },
      { ScriptedDevice([], isLying: true) },
      { ScriptedDevice([.samples([2])]) },
    ])
    #expect(hear(capture, 1) == [1])
    #expect(capture.waits { $0.state == .lost })
    // Long enough for a slow one, and not at once as by one that never pauses.
    #expect(SuspendingClock.now - began > .seconds(1.9))
    #expect(capture.statistics.reopens == 0)
    #expect(hear(capture, 1) == [2])
    #expect(capture.statistics.state == .running)
    #expect(capture.statistics.reopens == 1)
  }

  @Test func deviceMayComeBackWithAnotherRate() throws {
    let capture = try start([
      { ScriptedDevice([.samples([1]), .error(ENODEV)]) },
      {
        let period = ScriptedDevice.Step.samples([Int16](repeating: 8_192, count: 64))
        return ScriptedDevice([ScriptedDevice.Step](repeating: period, count: 300), rate: 48_000)
      },
    ])
    // A third of 19200, without what libsoxr holds back.
    let heard = hear(capture, 5_000)
    #expect(heard.first == 1)
    #expect(heard.dropFirst(1_000).allSatisfy { abs($0 - 8_192) < 1 })
  }

  @Test func stopEndsWaitingAndReopening() throws {
    let waiting = try start([{ ScriptedDevice([.samples([1])]) }])
    #expect(hear(waiting, 1) == [1])
    waiting.stop()
    #expect(waiting.statistics.state == .stopped)
    #expect(waiting.ring.isClosed)

    let lost = try start([{ ScriptedDevice([.samples([1]), .error(ENODEV)]) }])
    #expect(hear(lost, 1) == [1])
    lost.stop()
    #expect(lost.statistics.state == .stopped)
    #expect(lost.statistics.reopens == 0)
  }

  @Test func captureEndsWithItsOwner() throws {
    let ring = try start([{ ScriptedDevice([]) }]).ring
    #expect(!ring.wait(for: 1, timeout: .seconds(60)))
    #expect(ring.isClosed)
  }

  @Test func firstOpeningMayFail() {
    #expect(throws: AudioError.self) { try start([nil]) }
  }

  @Test func levelsAreThoseOfTheLastPeriod() throws {
    let capture = try start([
      {
        ScriptedDevice([
          .samples([32_767]), .samples([0, 0, 0, 0]), .samples([16_384, -16_384, 0, 0]),
          .samples([0, 0]), .samples([0, 0, 0]),
        ])
      }
    ])
    #expect(hear(capture, 14).count == 14)
    capture.stop()
    #expect(capture.statistics.peak == 0)
    #expect(abs(capture.statistics.silentSeconds - 5.0 / 16_000) < 1e-9)

    let louder = try start([{ ScriptedDevice([.samples([16_384, -16_384, 0, 0])]) }])
    #expect(hear(louder, 4).count == 4)
    louder.stop()
    #expect(louder.statistics.peak == 0.5)
    #expect(louder.statistics.rms == Float(0.125).squareRoot())
    #expect(louder.statistics.silentSeconds == 0)
  }

  @Test func fullRingDropsAndCounts() throws {
    let capture = try start(
      [{ ScriptedDevice([.samples([1, 2, 3]), .samples([4, 5, 6]), .samples([7])]) }], holding: 4)
    // The writing that fills the ring drops two.
    #expect(capture.ring.wait(for: 4, timeout: .seconds(60)))
    capture.stop()
    #expect(read(capture.ring, atMost: 4).map { $0 * 32_768 } == [1, 2, 3, 4])
    #expect(capture.statistics.droppedSamples >= 2)
  }

  private func start(
    _ devices: [(@Sendable () -> ScriptedDevice)?], holding capacity: Int = 8_192
  ) throws -> Capture {
    let openings = Openings(devices)
    return try Capture("script", ring: SampleRing(capacity: capacity)) {
      () throws(AudioError) in try openings.open()
    }
  }

  /// Waits for samples and gives them as 16-bit numbers.
  private func hear(_ capture: Capture, _ count: Int) -> [Float] {
    #expect(capture.ring.wait(for: count, timeout: .seconds(60)))
    return read(capture.ring, atMost: count).map { $0 * 32_768 }
  }
}
