import Audio
import Dispatch
import Foundation

/// A microphone that has heard a recording already, and then hears nothing any more.
final class PlayedDevice: PeriodSource {
  let format = CaptureFormat(encoding: .float32, rate: 16_000, channels: 1)
  let periodSize = 160
  private var samples: ArraySlice<Float>
  private let played: DispatchSemaphore
  private var isPlayed = false

  /// - Parameters:
  ///   - samples: What it has heard.
  ///   - played: Is signalled when all of it was read.
  init(_ samples: [Float], played: DispatchSemaphore) {
    self.samples = samples[...]
    self.played = played
  }

  func start() -> Int32 { 0 }

  func resume() -> Int32 { 0 }

  func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int {
    guard !samples.isEmpty else {
      if !isPlayed { played.signal() }
      isPlayed = true
      return -Int(EAGAIN)
    }
    let next = samples.prefix(count)
    next.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: bytes, count: $0.count).copyMemory(from: $0)
    }
    samples = samples.dropFirst(count)
    return next.count
  }

  func wait(orFor descriptor: Int32) -> WaitResult {
    guard isPlayed else { return .ready }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&watched, 1, -1)
    return .ready
  }
}
