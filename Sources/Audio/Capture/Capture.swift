internal import Synchronization

/// A microphone that is being heard: 16 kHz mono samples arrive in a ring.
///
/// Any device will do. Its format is converted on the capture thread, overruns are counted, and a
/// device that is unplugged is opened again when it is back. The capture ends with `stop()` or
/// with this object.
package final class Capture: Sendable {
  /// Where the samples arrive, for one thread to read; closed when the capture ends.
  package let ring: SampleRing
  private let thread: CaptureThread
  private let isRunning = Mutex(true)

  /// Opens a device and starts to capture.
  ///
  /// - Parameters:
  ///   - device: ALSA's name for it.
  ///   - seconds: What the ring holds at least when nobody reads.
  ///   - trial: Makes sure first that this process survives it; nil for no such care.
  /// - Throws: `AudioError.device`.
  package convenience init(
    device: String = "default", holding seconds: Int = 30, after trial: DeviceTrial? = nil
  ) throws(AudioError) {
    try self.init(
      device, ring: SampleRing(capacity: max(1, seconds) * 16_000)
    ) { () throws(AudioError) in
      try trial?.make(device)
      return try CaptureDevice(name: device)
    }
  }

  /// Captures from what a function opens, at first and after each loss.
  package init(
    _ name: String, ring: SampleRing,
    open: @escaping @Sendable () throws(AudioError) -> any PeriodSource
  ) throws(AudioError) {
    self.ring = ring
    thread = try CaptureThread(name, ring: ring, open: open)
  }

  deinit { stop() }

  /// How it is going; from any thread.
  package var statistics: CaptureStatistics {
    thread.status.statistics(dropped: ring.droppedCount)
  }

  /// Ends the capture and closes the device; what is in the ring can still be read.
  package func stop() {
    isRunning.withLock {
      if $0 { thread.stop() }
      $0 = false
    }
  }
}
