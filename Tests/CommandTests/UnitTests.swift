import Foundation
import TestSupport
import Testing

/// The units for systemd, judged by systemd's own tools.
@Suite struct UnitTests {
  @Test func theyAreSound() throws {
    let outcome = try analyze(["verify", "--man=no"] + Self.units)
    #expect(outcome.code == 0)
    #expect(outcome.text == "")
  }

  /// 0 is a service that can do nothing, 10 one that can do everything.
  @Test(arguments: ["utter.service", "utter-watch@.service"])
  func exposureIsLow(_ unit: String) throws {
    let outcome = try analyze(["security", "--offline=true", "--no-pager", unit])
    let exposure = try #require(outcome.text.firstMatch(of: #/exposure level for .*: ([0-9.]+)/#))
    #expect(try #require(Double(exposure.1)) <= 2.0, "\(outcome.text)")
  }

  /// Everything that the unit starts is this program or an essential package's.
  @Test(arguments: ["utter.service", "utter-watch@.service"])
  func nothingElseIsNeeded(_ name: String) throws {
    let unit = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let programs = unit.matches(of: #/(?m)^Exec\w+=[-+!@:]*(\S+)/#).map { String($0.1) }
    #expect(Set(programs) == ["\(Self.place)utter", "/bin/mkdir"])
    // `make install` replaces the place once a line.
    #expect(unit.split(separator: "\n").allSatisfy { $0.split(separator: Self.place).count <= 2 })
  }

  /// It goes with the session, and nothing else starts it.
  @Test(arguments: ["type", "hotkey"]) func clientsBelongToTheSession(_ command: String) throws {
    let unit = try String(
      contentsOf: Self.folder.appending(path: "utter-\(command).service"), encoding: .utf8)
    for line in [
      "PartOf=graphical-session.target", "After=graphical-session.target",
      "WantedBy=graphical-session.target", "ExecStart=\(Self.place)utter \(command)",
    ] { #expect(unit.contains("\n\(line)\n")) }
  }

  private static let units = [
    "utter.service", "utter.socket", "utter-type.service", "utter-hotkey.service",
    "utter-watch@.service",
  ]
  private static let folder = Fixtures.repository.appending(path: "systemd")
  /// Where the unit's program lies, unless `make install` puts it elsewhere.
  private static let place = "/usr/local/bin/"

  /// Runs `systemd-analyze` in a folder with the units, which name the program that was built.
  private func analyze(_ arguments: [String]) throws -> (text: String, code: Int32) {
    try withTemporaryFolder { folder in
      for name in Self.units {
        let unit = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let ours = unit.replacing(
          Self.place, with: CommandRunner.program.deletingLastPathComponent().path + "/")
        try Data(ours.utf8).write(to: folder.appending(path: name))
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["systemd-analyze", "--user"] + arguments
      process.currentDirectoryURL = folder
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["XDG_RUNTIME_DIR": folder.path, "HOME": folder.path, "LC_ALL": "C.UTF-8"]) { $1 }
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (String(decoding: text, as: UTF8.self), process.terminationStatus)
    }
  }
}
