import Audio
import Foundation
import Synchronization

/// A device of ALSA whose thread can be kept from running, as a busy machine does.
final class DelayedDevice: PeriodSource, @unchecked Sendable {
  private let device: CaptureDevice
  private let pause = Atomic<UInt32>(0)

  init(_ device: CaptureDevice) { self.device = device }

  /// Stops the thread at its next reading, for so many seconds.
  func delay(seconds: UInt32) { pause.store(seconds, ordering: .relaxed) }

  var format: CaptureFormat { device.format }
  var periodSize: Int { device.periodSize }
  func start() -> Int32 { device.start() }
  func resume() -> Int32 { device.resume() }

  func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int {
    let seconds = pause.exchange(0, ordering: .relaxed)
    if seconds > 0 { sleep(seconds) }
    return device.read(into: bytes, count: count)
  }

  func wait(orFor descriptor: Int32) -> WaitResult { device.wait(orFor: descriptor) }
}
