internal import Foundation
internal import Glibc

/// When a program began that was started for one request alone, as when a key moved.
package struct ProcessBegin: Equatable, Codable, Sendable {
  /// Nanoseconds since the system started (CLOCK_BOOTTIME), which may be a hundredth of a second
  /// off.
  package var time: Int
  /// The number of its session; 0 where it is not known.
  package var session: Int
  /// Its own number; 0 where it is not known.
  package var process: Int

  /// A beginning.
  package init(time: Int, session: Int = 0, process: Int = 0) {
    self.time = time
    self.session = session
    self.process = process
  }

  /// How close two programs may begin for their numbers to tell them apart better than times, in
  /// nanoseconds.
  private static let moment = 100_000_000
  /// The same where each has a session of its own: on a busy machine the shell that one of them is
  /// started by may take so long.
  private static let longMoment = 2_000_000_000
  /// Programs with a number so little behind their session's were started with it.
  private static let fewProcesses = 200
  /// Numbers that are further apart went round the end meanwhile, behind which the smallest free
  /// ones come: half of the fewest that a system has.
  private static let halfway = 1 << 14

  /// Whether it was the earlier one to be started.
  ///
  /// The two programs of a tapped key begin within the hundredth of a second that the system counts
  /// in. Desktops start each in a session of its own, whose number is that of the first process
  /// made for it; the program itself may be the second, and then comes into being in any order.
  package func isBefore(_ other: ProcessBegin) -> Bool {
    let isKnown = session > 0 && other.session > 0
    let moment = hasOwnSession && other.hasOwnSession ? Self.longMoment : Self.moment
    guard isKnown, abs(time - other.time) < moment else { return time < other.time }
    return session == other.session
      ? Self.isBefore(process, other.process) : Self.isBefore(session, other.session)
  }

  /// Whether a desktop started both, this one later, but not much.
  ///
  /// - Parameters:
  ///   - other: The earlier one.
  ///   - limit: How much later, in nanoseconds.
  /// - Returns: Whether it did.
  package func follows(_ other: ProcessBegin, within limit: Int) -> Bool {
    hasOwnSession && other.hasOwnSession && session != other.session && other.isBefore(self)
      && time - other.time <= limit
  }

  /// Whether its session was made for it, as desktops do.
  private var hasOwnSession: Bool { (0..<Self.fewProcesses).contains(process - session) }

  /// Whether a number was given before another one, shortly.
  private static func isBefore(_ number: Int, _ other: Int) -> Bool {
    abs(number - other) < halfway ? number < other : number > other
  }
}

extension ProcessBegin {
  /// Nanoseconds since the system started.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return 1_000_000_000 * time.tv_sec + time.tv_nsec
  }

  /// When this process began; nil where the system does not tell.
  package static let ofThisProcess: ProcessBegin? = {
    guard let line = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8) else {
      return nil
    }
    return ProcessBegin(of: line, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
  }()

  /// What the system says of a process (proc_pid_stat(5)); nil where it does not say so.
  ///
  /// - Parameters:
  ///   - line: What `/proc/PID/stat` holds.
  ///   - ticks: Ticks in a second.
  package init?(of line: String, ticksPerSecond ticks: Int) {
    // The second field is a name in brackets, which may hold anything.
    let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
    guard fields.count > 20, let time = Int(fields[20]), let session = Int(fields[4]), ticks > 0,
      let process = Int(line.prefix { $0 != " " })
    else { return nil }
    self.init(time: 1_000_000_000 / ticks * time, session: session, process: process)
  }
}
