import Foundation
import System
import Transcription

/// How much of a run is done.
struct WorkMeter {
  /// Recordings that were given.
  let count: Int
  private let sizes: [Int]
  private let start = ContinuousClock.now
  private(set) var done = 0
  private(set) var skipped = 0
  private(set) var failed = 0
  /// Seconds of audio that were heard.
  private(set) var heard = 0.0
  /// Bytes of recordings that were heard, by which the rest is judged.
  private var heardBytes = 0
  private var passedBytes = 0

  /// A run that begins.
  init(_ inputs: [TranscriptionInput]) {
    count = inputs.count
    // Parts of a recording share its bytes; that they count as often is right for most.
    sizes = inputs.map { (try? FileStatus(of: $0.path).size) ?? 0 }
  }

  /// Whether there are several recordings.
  var isSeveral: Bool { count > 1 }

  /// How long it has been going on.
  var elapsed: Duration { start.duration(to: .now) }

  private var current: Int { done + skipped + failed }
  private var currentSize: Int { current < sizes.count ? sizes[current] : 0 }

  /// Counts a recording.
  mutating func finish(_ seconds: Double) {
    heardBytes += currentSize
    passedBytes += currentSize
    heard += seconds
    done += 1
  }

  /// Counts a recording that was done before.
  mutating func skip() {
    passedBytes += currentSize
    skipped += 1
  }

  /// Counts a recording that failed, or a folder.
  mutating func fail(isRecording: Bool = true) {
    if isRecording { passedBytes += currentSize }
    failed += 1
  }

  /// Judges by what was done how long the rest will take.
  ///
  /// - Parameter share: How much of the open recording is done, 0 … 1.
  /// - Returns: Seconds; nil where nothing tells.
  func remaining(share: Double?) -> Double? {
    let bytes = Double(heardBytes) + (share ?? 0) * Double(currentSize)
    let rest = Double(sizes.reduce(0, +) - passedBytes) - (share ?? 0) * Double(currentSize)
    guard bytes > 0, rest >= 0 else { return nil }
    return elapsed / .seconds(1) * rest / bytes
  }

  /// Files, hours and speed by now.
  func summary(adding seconds: Double) -> String {
    let total = heard + seconds
    let speed = Int((total / max(elapsed / .seconds(1), 0.001)).rounded())
    return "\(current + 1)/\(count)  \(Self.hours(total)) of audio, \(speed) × real time"
  }

  /// What was done, in the end.
  var summary: String {
    let seconds = elapsed / .seconds(1)
    var parts = ["\(done) \(done == 1 ? "recording" : "recordings")"]
    if skipped > 0 { parts.append("\(skipped) done before") }
    if failed > 0 { parts.append("\(failed) failed") }
    parts.append("\(Self.hours(heard)) of audio in \(clock(seconds))")
    if heard > 0 { parts.append("\(Int((heard / max(seconds, 0.001)).rounded())) × real time") }
    return parts.joined(separator: ", ")
  }

  private static func hours(_ seconds: Double) -> String {
    seconds < 3600 ? clock(seconds) : "\((seconds / 360).rounded() / 10) h"
  }
}
