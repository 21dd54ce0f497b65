internal import Foundation
internal import Glibc

/// What the portal takes this program for.
enum OwnScope {
  /// Leaves the place that systemd keeps for the terminal, or whichever program this was started
  /// from.
  ///
  /// From the name of that place the portal tells programs apart: started from a terminal, this
  /// would be the terminal, with other shortcuts and permissions than its own unit has. Nothing
  /// happens where it is no other program's place, or there is no systemd.
  ///
  /// - Parameter bus: A connection on which the portal was not asked for anything yet.
  static func enter(_ bus: SessionBus) {
    guard isForeign(place) else { return }
    let systemd = SessionBus.Target(
      destination: "org.freedesktop.systemd1", path: "/org/freedesktop/systemd1",
      interface: "org.freedesktop.systemd1.Manager")
    let number = UInt32(getpid())
    let processes = BusValue.structure([
      .text("PIDs"), .variant(.array([.number(number)], of: "u")),
    ])
    let arguments: [BusValue] = [
      .text("utter-\(number).scope"), .text("fail"), .array([processes], of: "(sv)"),
      .array([], of: "(sa(sv))"),
    ]
    guard (try? bus.call(systemd, "StartTransientUnit", arguments)) != nil else { return }
    // It is moved a moment after the answer.
    for _ in 0..<100 where isForeign(place) { usleep(10_000) }
  }

  /// Whether a place belongs to a program of the desktop's, as systemd names them.
  private static func isForeign(_ place: String) -> Bool {
    place.split(separator: "/").last?.hasPrefix("app-") ?? false
  }

  /// Where the kernel counts this process.
  private static var place: String {
    let lines = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    return lines.split(separator: "\n").first { $0.hasPrefix("0::") }.map(String.init) ?? ""
  }
}
