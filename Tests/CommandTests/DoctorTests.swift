import Desktop
import Foundation
import Service
import ServiceTestSupport
import TestSupport
import Testing

@Suite struct DoctorTests {
  @Test func aWorkingMachineIsFine() throws {
    try withMachine { machine in
      var noise = Seeded(3)
      let samples = (0..<48_000).map { _ in Int16.random(in: -3_000...3_000, using: &noise) }
      try machine.listen(samples)
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      let socket = machine.folder.appending(path: "runtime/utter/utter.sock")
      let listener = try listen(socket.path)
      defer { close(listener) }
      try machine.write("config/systemd/user/utter.service", "")
      try machine.write("config/systemd/user/sockets.target.wants/utter.socket", "")
      let findings = try machine.findings(
        desktop.environment.merging(["XDG_CURRENT_DESKTOP": "i3"]) { $1 })
      #expect(findings.code == 0)
      #expect(findings["configuration"]?.hasPrefix("ok: defaults; no ") == true)
      #expect(findings["microphone"]?.hasPrefix("ok: default: samples arrive, peak -2") == true)
      #expect(findings["model"]?.hasPrefix("ok: starter-en: TDT and CTC, float16, 13 MB") == true)
      #expect(findings["kernels"]?.contains("OpenBLAS") == true)
      #expect(findings["session"] == "ok: X11, i3")
      #expect(findings["typing"] == "ok: x11")
      #expect(findings["clipboard"] == "ok: X11's selections")
      #expect(findings["socket"] == "ok: \(socket.path)")
      #expect(findings["unit"]?.hasSuffix("utter.service, enabled") == true)
    }
  }

  @Test func whatIsMissingIsSaid() throws {
    try withMachine { machine in
      try machine.write(
        "config/utter/config.toml", "[audio]\ndevice = \"gone\"\n[model]\nname = \"gone\"")
      let findings = try machine.findings(["WAYLAND_DISPLAY": "wayland-1"])
      #expect(findings.code == 1)
      #expect(findings["microphone"] == "fail: gone: no such capture device")
      #expect(findings["model"] == "fail: gone: no such model")
      #expect(findings["typing"] == "warn: none of wtype, dotool, ydotool is installed")
      #expect(findings["clipboard"]?.hasPrefix("warn: WAYLAND_DISPLAY=wayland-1: ") == true)
      #expect(findings["socket"]?.hasPrefix("warn: the daemon is not running") == true)
      #expect(findings.hints.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func whatTheDesktopOffersIsSaid() throws {
    let names = ["org.freedesktop.Notifications", "org.freedesktop.portal.Desktop"]
    let bus = try FakeBus(as: names) { call in
      switch (call.method, call.values.first?.text) {
      case ("GetServerInformation", _): .values(["Plasma", "KDE", "5.27", "1.2"].map { .text($0) })
      case ("Get", "org.freedesktop.portal.GlobalShortcuts"): .values([.variant(.number(1))])
      case ("Get", "org.freedesktop.portal.RemoteDesktop"): .values([.variant(.number(2))])
      default: nil
      }
    }
    let wayland = ["WAYLAND_DISPLAY": "wayland-1", "XDG_CURRENT_DESKTOP": "KDE"]
    try withMachine { machine in
      let offers = try machine.findings(bus.session.environment.merging(wayland) { $1 })
      #expect(
        offers["portal"] == "ok: watches keys (GlobalShortcuts 1), presses keys (RemoteDesktop 2)")
      #expect(offers["notifications"] == "ok: Plasma 5.27")
      let none = try machine.findings(
        wayland.merging(["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"]) { $1 })
      #expect(none["portal"] == "warn: watches and presses no keys for programs")
      #expect(none.hints.contains { $0.contains("xdg-desktop-portal-kde") })
      #expect(none["notifications"] == "warn: nothing on the session's bus shows them")
    }
  }

  @Test func aMutedMicrophoneIsNoticed() throws {
    try withMachine { machine in
      try machine.listen([Int16](repeating: 0, count: 16_000))
      let findings = try machine.findings([:])
      #expect(findings["microphone"] == "warn: default: delivers nothing but zeros")
    }
  }

  @Test func aDamagedConfigurationHidesNothingElse() throws {
    try withMachine { machine in
      try machine.write("config/utter/config.toml", "[audio]\ndevise = \"x\"")
      let findings = try machine.findings(["UTTER_SOCKET": String(repeating: "x", count: 200)])
      #expect(findings["configuration"]?.hasSuffix("audio.devise: no such setting") == true)
      #expect(findings["model"]?.hasPrefix("ok: ") == true)
      #expect(findings["socket"]?.contains("a socket's path has 1 to 107 bytes") == true)
      #expect(findings.code == 1)
    }
  }

  @Test func theLastProblemOfTheDaemonIsTold() throws {
    let problem = Problem(
      ServiceError(code: .model, message: "m: damaged", hint: "out"), since: "2026-01-02T03:04:05Z")
    for (known, finding) in [
      (nil, "ok: 9.9, process 7"), (problem, "warn: m: damaged, since 2026-01-02T03:04:05Z"),
    ] {
      try Serving.run({ server, _, address, _ in
        server.reply(.success(StatusReport.made(.idle, problem: known)), to: address)
      }) { serving in
        try withMachine { machine in
          let findings = try machine.findings(["UTTER_SOCKET": serving.path])
          #expect(findings["daemon"] == finding)
        }
      }
    }
  }

  @Test func linesHaveNoColourInAFile() throws {
    try withMachine { machine in
      let text = try machine.run([], [:]).output
      #expect(text.hasPrefix("ok    configuration  defaults; no "))
      #expect(!text.contains("\u{1B}"))
    }
  }

  /// What a process sees of a machine.
  private struct Machine {
    let folder: URL

    func write(_ path: String, _ text: String) throws {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func install(_ tools: String...) throws {
      for tool in tools {
        try write("bin/\(tool)", "#!/bin/sh\n")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: "bin/\(tool)").path)
      }
    }

    /// Makes a microphone that hears these samples again and again.
    func listen(_ samples: [Int16]) throws {
      let file = folder.appending(path: "input.raw")
      try samples.withUnsafeBytes { try Data($0).write(to: file) }
      try write(
        "asound.conf",
        """
        pcm.!default {
          type file
          slave.pcm { type null }
          file "/dev/null"
          infile "\(file.path)"
          format "raw"
        }
        """)
    }

    func run(_ arguments: [String], _ variables: [String: String]) throws -> CommandRunner.Outcome {
      var all = [
        "PATH": folder.appending(path: "bin").path, "HOME": folder.path, "UTTER_CONFIG": "",
        "XDG_CONFIG_HOME": folder.appending(path: "config").path, "XDG_DATA_HOME": folder.path,
        "XDG_RUNTIME_DIR": folder.appending(path: "runtime").path, "UTTER_SOCKET": "",
        "ALSA_CONFIG_PATH": folder.appending(path: "asound.conf").path, "DISPLAY": "",
        "WAYLAND_DISPLAY": "", "XDG_CURRENT_DESKTOP": "", "UTTER_MODEL_NAME": "",
      ]
      all.merge(variables) { $1 }
      return try CommandRunner.run(["doctor"] + arguments, environment: all)
    }

    func findings(_ variables: [String: String]) throws -> Findings {
      let outcome = try run(["--json"], variables)
      let list = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return Findings(
        rows: try #require(list as? [[String: String]]), errors: outcome.errors,
        code: outcome.code)
    }
  }

  private struct Findings {
    let rows: [[String: String]]
    let errors: String
    let code: Int32

    subscript(check: String) -> String? {
      rows.first { $0["check"] == check }.map { "\($0["level"] ?? ""): \($0["message"] ?? "")" }
    }

    /// Of all that is not well.
    var hints: [String] { rows.filter { $0["level"] != "ok" }.map { $0["hint"] ?? "" } }
  }

  private func withMachine(_ body: (Machine) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let machine = Machine(folder: folder)
      try machine.write("asound.conf", "")
      try body(machine)
    }
  }

  /// A socket that somebody listens on.
  private func listen(_ path: String) throws -> Int32 {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(bound == 0 && Glibc.listen(descriptor, 8) == 0)
    return descriptor
  }
}
