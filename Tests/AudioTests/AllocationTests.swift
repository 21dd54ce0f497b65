import Audio
import CCallCounter
import Foundation
import TestSupport
import Testing

extension ALSATests {
  /// The capture thread must never wait for another one, and who uses the heap may.
  @Suite(.enabled(if: calls_are_counted())) struct AllocationTests {
    @Test func theCounterCounts() {
      let before = heap_calls_of_this_thread()
      let memory = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 16)
      memory.storeBytes(of: 1, as: UInt8.self)
      memory.deallocate()
      #expect(heap_calls_of_this_thread() == before + 2)
    }

    /// From the first look at an open device to the last.
    @Test(arguments: [(16_000, 1), (48_000, 2), (44_100, 2)])
    func captureThreadLeavesTheHeapAlone(rate: Int, channels: Int) throws {
      var random = Seeded(13)
      let noise = (0..<rate * channels).map { _ in Int16.random(in: .min ... .max, using: &random) }
      var preferences = CapturePreferences()
      (preferences.rates, preferences.channels) = ([rate], [channels])
      try Microphone.with(raw(noise)) { name in
        // The first time the runtime of a debug build makes tables for the types that it meets.
        for isFirst in [true, false] {
          let ring = SampleRing(capacity: 160_000)
          let device = CountedDevice(try CaptureDevice(name: name, preferences: preferences))
          let capture = try Capture(name, ring: ring) { () throws(AudioError) in device }
          // Ten seconds, and one for which there is no room.
          #expect(ring.wait(for: 160_000, timeout: .seconds(60)))
          while capture.statistics.droppedSamples < 16_000 { sched_yield() }
          capture.stop()
          if !isFirst { #expect(device.heapCalls == 0) }
        }
      }
    }
  }
}

/// A device of ALSA, and what its thread asks of the heap from the first reading on.
private final class CountedDevice: PeriodSource, @unchecked Sendable {
  private let device: CaptureDevice
  private var atFirst: Int?
  private var now = 0

  init(_ device: CaptureDevice) { self.device = device }

  /// Allocations and releases between the first reading and the last; read it when all is over.
  var heapCalls: Int { now - (atFirst ?? 0) }

  var format: CaptureFormat { device.format }
  var periodSize: Int { device.periodSize }
  func start() -> Int32 { device.start() }
  func resume() -> Int32 { device.resume() }

  func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int {
    now = heap_calls_of_this_thread()
    if atFirst == nil { atFirst = now }
    return device.read(into: bytes, count: count)
  }

  func wait(orFor descriptor: Int32) -> WaitResult { device.wait(orFor: descriptor) }
}
