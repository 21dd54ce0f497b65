import Foundation
import System
import Transcription

/// How much of a run is done.
struct WorkMeter {
  /// A recording that is at work.
  struct Open {
    let file: String
    /// Seconds of audio, if they are known.
    let duration: Double?
    /// Those that are recognised.
    var seconds = 0.0

    /// How much of it is done, 0 … 1; nil where nothing tells.
    var share: Double? {
      guard let duration, duration > 0 else { return nil }
      return min(1, seconds / duration)
    }
  }

  /// Recordings that are heard.
  private var count: Int
  private var totalBytes: Int
  /// The recordings at work, by number.
  private(set) var open: [Int: Open] = [:]
  private let sizes: [Int]
  private let start = ContinuousClock.now
  private var done = 0
  private var skipped = 0
  private var failed = 0
  private var failedFolders = 0
  /// Seconds of audio that were heard.
  private var heard = 0.0
  /// Bytes of recordings that were heard, by which the rest is judged.
  private var heardBytes = 0
  private var passedBytes = 0

  /// A run that begins.
  init(_ inputs: [TranscriptionInput]) {
    count = inputs.count
    // Parts of a recording share its bytes; that they count as often is right for most.
    sizes = inputs.map { (try? FileStatus(of: $0.path).size) ?? 0 }
    totalBytes = sizes.reduce(0, +)
  }

  /// Counts only some of the recordings.
  mutating func choose(_ numbers: [Int]) {
    count = numbers.count
    totalBytes = numbers.reduce(0) { $0 + sizes[$1 - 1] }
  }

  /// Whether there are several recordings.
  var isSeveral: Bool { count > 1 }

  /// How long it has been going on.
  var elapsed: Duration { start.duration(to: .now) }

  /// Counts a recording as begun.
  mutating func open(_ number: Int, _ file: String, duration: Double?) {
    open[number] = Open(file: file, duration: duration)
  }

  /// Counts seconds of a recording that is at work.
  mutating func advance(_ number: Int, _ seconds: Double) { open[number]?.seconds = seconds }

  /// Counts a recording as done.
  mutating func finish(_ number: Int, _ seconds: Double) {
    heardBytes += sizes[number - 1]
    pass(number)
    heard += seconds
    done += 1
  }

  /// Counts a recording that was done before.
  mutating func skip(_ number: Int) {
    pass(number)
    skipped += 1
  }

  /// Counts a recording that failed.
  mutating func fail(_ number: Int) {
    pass(number)
    failed += 1
  }

  /// Counts a folder that failed, of which nobody knows how many recordings are in it.
  mutating func failFolder() { failedFolders += 1 }

  private mutating func pass(_ number: Int) {
    passedBytes += sizes[number - 1]
    open[number] = nil
  }

  /// Judges by what was done how long the rest will take.
  ///
  /// - Returns: Seconds; nil where nothing tells.
  var remaining: Double? {
    let openBytes = open.reduce(0) { $0 + ($1.value.share ?? 0) * Double(sizes[$1.key - 1]) }
    let bytes = Double(heardBytes) + openBytes
    let rest = Double(totalBytes - passedBytes) - openBytes
    guard bytes > 0, rest >= 0 else { return nil }
    return elapsed / .seconds(1) * rest / bytes
  }

  /// Recordings that were begun, hours and speed by now.
  var state: String {
    let begun = done + skipped + failed + open.count
    let total = open.reduce(heard) { $0 + $1.value.seconds }
    let speed = Int((total / max(elapsed / .seconds(1), 0.001)).rounded())
    return "\(begun)/\(count)  \(Self.hours(total)) of audio, \(speed) × real time"
  }

  /// What was done, in the end.
  var summary: String {
    let seconds = elapsed / .seconds(1)
    var parts = ["\(done) \(done == 1 ? "recording" : "recordings")"]
    if skipped > 0 { parts.append("\(skipped) done before") }
    if failed + failedFolders > 0 { parts.append("\(failed + failedFolders) failed") }
    parts.append("\(Self.hours(heard)) of audio in \(clock(seconds))")
    if heard > 0 { parts.append("\(Int((heard / max(seconds, 0.001)).rounded())) × real time") }
    return parts.joined(separator: ", ")
  }

  private static func hours(_ seconds: Double) -> String {
    seconds < 3600 ? clock(seconds) : "\((seconds / 360).rounded() / 10) h"
  }
}
