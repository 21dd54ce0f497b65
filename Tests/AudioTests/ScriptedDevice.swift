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
  private var resumptions: [Int32]

  /// Prepares a script; `resumptions` is what `resume()` returns, one after the other, then 0.
  init(_ steps: [Step], rate: Int = 16_000, resumptions: [Int32] = []) {
    self.steps = steps[...]
    self.resumptions = resumptions
    format = CaptureFormat(encoding: .int16, rate: rate, channels: 1)
  }

  func start() -> Int32 { 0 }

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
    guard let next else { throw .noDevice(name: "script", reason: "is not there", hint: "") }
    return next()
  }
}
