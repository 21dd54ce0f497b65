import Foundation
import System
import TestSupport
import Testing

/// Counters of energy, as the kernel lists them in files.
@Suite struct EnergyTests {
  /// Writes a counter's files.
  private func write(
    _ folder: URL, _ zone: String, name: String, _ energy: UInt64, range: UInt64 = 1_000_000
  ) throws {
    let place = folder.appending(path: zone)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (file, text) in [
      ("name", name), ("energy_uj", "\(energy)"), ("max_energy_range_uj", "\(range)"),
    ] {
      try Data("\(text)\n".utf8).write(to: place.appending(path: file))
    }
  }

  @Test func packagesAreAddedUp() throws {
    try withTemporaryFolder { folder in
      try write(folder, "intel-rapl:0", name: "package-0", 500)
      try write(folder, "intel-rapl:1", name: "package-1", 100)
      try write(folder, "intel-rapl:0:0", name: "core", 5)
      try write(folder, "intel-rapl:2", name: "psys", 5)
      let meter = try #require(EnergyMeter(folder: folder.path))
      #expect(meter.joules() == 0)
      try write(folder, "intel-rapl:0", name: "package-0", 250_500)
      try write(folder, "intel-rapl:1", name: "package-1", 500_100)
      try write(folder, "intel-rapl:0:0", name: "core", 900_000)
      try write(folder, "intel-rapl:2", name: "psys", 900_000)
      #expect(meter.joules() == 0.75)
      #expect(meter.joules() == 0)
    }
  }

  @Test func countersBeginAnew() throws {
    try withTemporaryFolder { folder in
      try write(folder, "intel-rapl:0", name: "package-0", 900_000)
      let meter = try #require(EnergyMeter(folder: folder.path))
      try write(folder, "intel-rapl:0", name: "package-0", 400_000)
      #expect(meter.joules() == 0.5)
    }
  }

  @Test func whatCannotBeReadIsNoMeter() throws {
    #expect(EnergyMeter(folder: "/no/such") == nil)
    try withTemporaryFolder { folder in
      try write(folder, "intel-rapl:0", name: "package-0", 1)
      try Data("much".utf8).write(to: folder.appending(path: "intel-rapl:0/energy_uj"))
      #expect(EnergyMeter(folder: folder.path) == nil)
      try Data("5".utf8).write(to: folder.appending(path: "intel-rapl:0/energy_uj"))
      let meter = try #require(EnergyMeter(folder: folder.path))
      try FileManager.default.removeItem(at: folder.appending(path: "intel-rapl:0"))
      #expect(meter.joules() == nil)
    }
  }

  @Test func thisProcessHasMemory() throws {
    #expect(try #require(peakMemory()) > 1 << 20)
  }
}
