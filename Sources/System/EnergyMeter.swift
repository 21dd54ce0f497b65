internal import Glibc

/// What the processor's packages have consumed, as the kernel counts it (RAPL, by powercap).
///
/// Only processors of Intel and AMD tell, and most systems tell it to root alone.
package final class EnergyMeter {
  /// A counter of the kernel's, in microjoules, which begins anew after the largest number.
  private struct Zone {
    let counter: String
    let range: UInt64
    var last: UInt64
  }

  private var zones: [Zone] = []

  /// Finds the counters; nil where none can be read.
  ///
  /// - Parameter folder: Where the kernel lists them.
  package init?(folder: String = "/sys/class/powercap") {
    for name in folderEntries(folder).sorted() where name.hasPrefix("intel-rapl:") {
      // Packages alone: the others are parts of them, or contain them.
      guard name.split(separator: ":").count == 2,
        Self.text("\(folder)/\(name)/name")?.hasPrefix("package") == true,
        let range = Self.number("\(folder)/\(name)/max_energy_range_uj"), range > 0,
        let now = Self.number("\(folder)/\(name)/energy_uj")
      else { continue }
      zones.append(Zone(counter: "\(folder)/\(name)/energy_uj", range: range, last: now))
    }
    if zones.isEmpty { return nil }
  }

  /// Joules since it was asked last, or since the beginning; nil where a counter cannot be read
  /// any more.
  package func joules() -> Double? {
    var (sum, isWhole) = (0.0, true)
    for index in zones.indices {
      guard let now = Self.number(zones[index].counter) else {
        isWhole = false
        continue
      }
      let (last, range) = (zones[index].last, zones[index].range)
      sum += Double(now >= last ? now - last : now + (range - min(last, range)))
      zones[index].last = now
    }
    return isWhole ? sum / 1e6 : nil
  }

  private static func number(_ path: String) -> UInt64? { text(path).flatMap { UInt64($0) } }

  private static func text(_ path: String) -> String? {
    guard let file = try? FileDescriptor(opening: path, O_RDONLY),
      let bytes = try? file.readToEnd(limit: 4096)
    else { return nil }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
