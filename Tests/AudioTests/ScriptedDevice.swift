import Audio
import CALSA
import Foundation
import Synchronization

/// A device that does what a test says, and then waits.
final class ScriptedDevice: PeriodSource {
  /// What one reading gives.
  enum Step: Sendable {
    case samples([Int16])
    case error(Int32)
  }

  let format: CaptureFormat
  let periodSize = 64
  private var steps: ArraySlice<Step>
  private var starts: [Int32]
  private var resumptions: [Int32]
  private let isLying: Bool

  /// Prepares a script.
  ///
  /// `starts` and `resumptions` are what `start()` and `resume()` return, one after the other,
  /// then 0. A lying device says at the end of its script that there is something to read.
  init(
    _ steps: [Step], rate: Int = 16_000, starts: [Int32] = [], resumptions: [Int32] = [],
    isLying: Bool = false
  ) {
    self.steps = steps[...]
    self.starts = starts
    self.isLying = isLying
    self.resumptions = resumptions
    format = CaptureFormat(encoding: .int16, rate: rate, channels: 1)
  }

  func start() -> Int32 { starts.isEmpty ? 0 : starts.removeFirst() }

  func resume() -> Int32 { resumptions.isEmpty ? 0 : resumptions.removeFirst() }

  func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int {
    switch steps.popFirst() {
    case .samples(let values):
      values.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: bytes, count: $0.count).copyMemory(from: $0)
      }
      return values.count
    case .error(let code): return -Int(code)
    case nil: return -Int(EAGAIN)
    }
  }

  func wait(orFor descriptor: Int32) -> WaitResult {
    if isLying { return .ready }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&watched, 1, -1)
    return .ready
  }
}

/// What can be opened, one time after the other; nil where the device is not there.
final class Openings: Sendable {
  private let devices: Mutex<[(@Sendable () -> ScriptedDevice)?]>

  init(_ devices: [(@Sendable () -> ScriptedDevice)?]) { self.devices = Mutex(devices) }

  func open() throws(AudioError) -> any PeriodSource {
    let next = devices.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let next else { throw .device(name: "script", .missing) }
    return next()
  }
}
