internal import Synchronization

/// How a capture is going.
package struct CaptureStatistics: Equatable, Sendable {
  /// Whether samples come.
  package enum State: UInt8, Sendable {
    /// The device is open.
    case running
    /// The device is gone or gives nothing; it is reopened until samples come again.
    case lost
    /// The capture has ended.
    case stopped
  }

  /// Whether samples come.
  package let state: State
  /// Whether the system gave the capture thread real-time priority.
  package let isRealTime: Bool
  /// Times that the device had to throw samples away because nobody read them.
  package let overruns: Int
  /// Samples that found the ring full.
  package let droppedSamples: Int
  /// Times that the device was lost and opened again.
  package let reopens: Int
  /// Largest magnitude in the last period, 1 at full scale.
  package let peak: Float
  /// Root of the mean square of the last period, 1 at full scale.
  package let rms: Float
  /// Seconds since the last sample that was not exactly 0: a microphone switched off.
  package let silentSeconds: Double
}

/// The same while it changes: the capture thread writes, any thread reads.
final class CaptureStatus: Sendable {
  private let state = Atomic(CaptureStatistics.State.running.rawValue)
  private let realTime = Atomic(false)
  private let overruns = Atomic(0)
  private let reopens = Atomic(0)
  private let peak = Atomic<UInt32>(0)
  private let rms = Atomic<UInt32>(0)
  private let silence = Atomic<UInt64>(0)
  private let stopRequested = Atomic(false)

  /// Whether the capture shall end.
  var mustStop: Bool { stopRequested.load(ordering: .relaxed) }

  func requestStop() { stopRequested.store(true, ordering: .relaxed) }

  func enter(_ state: CaptureStatistics.State) {
    self.state.store(state.rawValue, ordering: .relaxed)
  }

  func setRealTime(_ isRealTime: Bool) { realTime.store(isRealTime, ordering: .relaxed) }

  func countOverrun() { overruns.wrappingAdd(1, ordering: .relaxed) }

  func countReopen() { reopens.wrappingAdd(1, ordering: .relaxed) }

  /// Takes down how loud a period of so many seconds was.
  func note(_ level: Level, seconds: Double) {
    peak.store(level.peak.bitPattern, ordering: .relaxed)
    rms.store(level.rms.bitPattern, ordering: .relaxed)
    let before = Double(bitPattern: silence.load(ordering: .relaxed))
    silence.store((level.peak == 0 ? before + seconds : 0).bitPattern, ordering: .relaxed)
  }

  /// The numbers now.
  func statistics(dropped: Int) -> CaptureStatistics {
    CaptureStatistics(
      state: .init(rawValue: state.load(ordering: .relaxed)) ?? .stopped,
      isRealTime: realTime.load(ordering: .relaxed), overruns: overruns.load(ordering: .relaxed),
      droppedSamples: dropped, reopens: reopens.load(ordering: .relaxed),
      peak: Float(bitPattern: peak.load(ordering: .relaxed)),
      rms: Float(bitPattern: rms.load(ordering: .relaxed)),
      silentSeconds: Double(bitPattern: silence.load(ordering: .relaxed)))
  }
}
