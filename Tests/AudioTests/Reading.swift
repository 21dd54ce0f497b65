import Audio
import Foundation
import TestSupport

/// The committed recording of that name.
func recording(_ name: String) -> String {
  Fixtures.committed.appending(path: "audio/\(name)").path
}

/// All samples of a file, read in blocks of an odd size.
func samples(_ path: String, converter: String = "ffmpeg") throws(AudioError) -> [Float] {
  let file = try AudioFile(path: path, converter: converter)
  let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 997)
  defer { block.deallocate() }
  var all: [Float] = []
  while true {
    let count = try file.read(into: block)
    if count == 0 { return all }
    all.append(contentsOf: block[..<count])
  }
}

/// Runs a body with a file of these bytes, and removes the file.
func withFile<Result>(_ bytes: Data, _ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try bytes.write(to: path)
  defer { try? FileManager.default.removeItem(at: path) }
  return try body(path.path)
}

/// The error that a file of these bytes gives, or nil.
func error(_ bytes: Data, converter: String = "ffmpeg") throws -> AudioError? {
  try withFile(bytes) { error(path: $0, converter: converter) }
}

/// The error that a path gives, or nil.
func error(path: String, converter: String = "ffmpeg") -> AudioError? {
  do {
    _ = try samples(path, converter: converter)
    return nil
  } catch {
    return error
  }
}

/// Whether ffmpeg is there to test with.
let hasFFmpeg = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: "\($0)/ffmpeg") }

extension Capture {
  /// Looks at the numbers until they are as expected; false after a minute.
  func waits(until condition: (CaptureStatistics) -> Bool) -> Bool {
    let deadline = SuspendingClock.now + .seconds(60)
    while !condition(statistics) {
      guard SuspendingClock.now < deadline else { return false }
      // A pause that ends early with new samples.
      _ = ring.wait(for: min(ring.availableCount + 160, ring.capacity), timeout: .milliseconds(10))
    }
    return true
  }
}
