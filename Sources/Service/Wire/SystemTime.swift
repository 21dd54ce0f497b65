internal import Foundation
internal import Glibc

/// Nanoseconds since the system started: what programs tell each other of when they began.
package enum SystemTime {
  /// Now.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return 1_000_000_000 * time.tv_sec + time.tv_nsec
  }

  /// When this process began; nil where the system does not tell.
  ///
  /// The system counts in hundredths of a second (proc_pid_stat(5)), which is too coarse for the two
  /// programs that one tap of a key starts; but the later one has the larger number, so numbers tell
  /// within the hundredth.
  package static let processBegin: Int? = {
    guard let line = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8) else {
      return nil
    }
    return begin(of: line, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
  }()

  /// The same with the system's words.
  ///
  /// - Parameters:
  ///   - line: What `/proc/PID/stat` holds.
  ///   - ticks: Ticks in a second.
  /// - Returns: The time; nil where the line does not say so.
  package static func begin(of line: String, ticksPerSecond ticks: Int) -> Int? {
    // The second field is a name in brackets, which may hold anything; the 22nd is the time.
    let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
    guard fields.count > 20, let time = Int(fields[20]), ticks > 0,
      let number = Int(line.prefix { $0 != " " })
    else { return nil }
    let tick = 1_000_000_000 / ticks
    // There are at most 2²² numbers, and a tick has more nanoseconds.
    return time * tick + (number * tick) >> 22
  }
}
