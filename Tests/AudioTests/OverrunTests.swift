import Audio
import Foundation
import TestSupport
import Testing

extension ALSATests {
  /// A device that loses what is not fetched in time.
  @Suite struct OverrunTests {
    @Test func stoppedThreadIsAnOverrunAndCaptureGoesOn() throws {
      // Each sample tells its place.
      let played = (0...UInt16.max).map { Int16(bitPattern: $0) }
      let microphone = try PacedMicrophone(hearing: played)
      try withExtendedLifetime(microphone) {
        try Microphone.define(microphone.definition)
        let device = DelayedDevice(try CaptureDevice(name: microphone.device))
        let capture = try Capture("", ring: SampleRing(capacity: 960_000)) {
          () throws(AudioError) in device
        }
        #expect(capture.ring.wait(for: 8_000, timeout: .seconds(60)))
        device.delay(seconds: 2)
        #expect(capture.waits { $0.overruns > 0 })
        let count = min(capture.ring.availableCount + 8_000, capture.ring.capacity)
        #expect(capture.ring.wait(for: count, timeout: .seconds(60)))
        capture.stop()

        let statistics = capture.statistics
        #expect(statistics.reopens == 0)
        #expect(statistics.droppedSamples == 0)
        // Silence lies behind the end.
        let places = read(capture.ring, atMost: count).map { Int($0 * 32_768) & 0xFFFF }
          .filter { $0 != 0 }
        let gaps = zip(places.dropFirst(), places).map { $0 - $1 - 1 }.filter { $0 != 0 }
        #expect(gaps.count <= statistics.overruns, "\(gaps)")
        // Two seconds less what the buffer of the device holds and its thread had not fetched.
        #expect(try #require(gaps.max()) > 16_000, "\(gaps)")
        #expect(gaps.allSatisfy { $0 > 0 }, "\(gaps)")
      }
    }
  }
}
