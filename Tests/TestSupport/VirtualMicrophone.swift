public import Foundation

/// A microphone of a real sound server without hardware: what is played is what it hears.
///
/// A PulseAudio of its own runs a sink that goes nowhere, at real pace; the sink's monitor is the
/// microphone, read through ALSA's plugin for PulseAudio. Nothing of the user's session is touched.
/// The server ends with this object, and with the process, however that ends.
public final class VirtualMicrophone {
  /// Whether the programs that this needs are there.
  public static let isInstalled = ["pulseaudio", "paplay", "pactl"].allSatisfy { program in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  /// ALSA's name for it, where `environment` or `definition` is known; "default" is the same.
  public let device: String
  /// ALSA's definition of the device, for those who read their configuration otherwise.
  public let definition: String
  /// What a program needs to find the server and the device.
  public let environment: [String: String]
  private let folder: URL
  private let sink: [String]
  private let server = Process()
  /// The server ends when this closes.
  private let lifeline = Pipe()
  private var isRunning = true

  /// Starts the server, and returns when it answers.
  ///
  /// - Parameters:
  ///   - rate: Samples per second of the sink and its monitor.
  ///   - channels: Channels of both.
  /// - Throws: `VirtualMicrophone.Failure`, or Foundation's where the folder cannot be made.
  public init(rate: Int = 48_000, channels: Int = 2) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let home = folder.appending(path: "home")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home.path)
    let socket = folder.appending(path: "socket").path
    // Without "norewinds" an idle sink sleeps for two seconds at a time, as no real one does.
    sink = [
      "module-null-sink", "sink_name=speaker", "rate=\(rate)", "channels=\(channels)",
      "norewinds=1",
    ]
    device = "utter_\(UUID().uuidString)"
    definition = """
      pcm.\(device) { type pulse server "unix:\(socket)" device "speaker.monitor" }
      """
    let configuration = folder.appending(path: "asound.conf")
    try """
    \(definition)
    pcm.default {
      type pulse
      server "unix:\(socket)"
      device "speaker.monitor"
      hint { show on description "Virtual microphone" }
    }
    """.write(to: configuration, atomically: true, encoding: .utf8)
    environment = ["PULSE_SERVER": "unix:\(socket)", "ALSA_CONFIG_PATH": configuration.path]

    let messages = folder.appending(path: "messages")
    try Data().write(to: messages)
    let answers = Pipe()
    // The shell keeps open what Foundation takes as the sign of a living child: pulseaudio closes
    // all it inherits.
    server.executableURL = URL(fileURLWithPath: "/bin/sh")
    server.arguments = [
      "-c", #"pulseaudio "$@"; exit"#, "sh", "-n", "--daemonize=no", "--exit-idle-time=-1",
      "--log-target=stderr",
      "-L", "module-native-protocol-unix socket=\(socket) auth-anonymous=1",
      "-L", sink.joined(separator: " "),
      // Takes commands from the lifeline, and ends with it.
      "-L", "module-cli exit_on_eof=1",
    ]
    server.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin", "LC_ALL": "C.UTF-8",
      "HOME": home.path, "XDG_RUNTIME_DIR": home.path, "PULSE_RUNTIME_PATH": home.path,
    ]
    server.standardInput = lifeline
    server.standardOutput = answers
    server.standardError = try FileHandle(forWritingTo: messages)
    _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    try server.run()
    // It answers when all is loaded.
    try lifeline.fileHandleForWriting.write(contentsOf: Data("list-modules\n".utf8))
    if answers.fileHandleForReading.availableData.isEmpty {
      let reason = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
      stop()
      throw Failure(command: "pulseaudio", reason: reason)
    }
  }

  deinit { stop() }

  /// Ends the server and removes its files; does nothing the second time.
  public func stop() {
    guard isRunning else { return }
    isRunning = false
    try? lifeline.fileHandleForWriting.close()
    try? lifeline.fileHandleForWriting.close()
    server.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: - Speaking into it

  /// Plays a recording, WAV or FLAC; the process ends when its last sample has been heard.
  public func play(_ file: URL) throws -> Process {
    let player = command(["paplay", "--device=speaker", file.path])
    try player.run()
    return player
  }

  /// Plays 16-bit samples; the process ends when the last one has been heard.
  public func play(_ samples: [Int16], rate: Int = 16_000, channels: Int = 1) throws -> Process {
    let file = folder.appending(path: "\(UUID().uuidString).wav")
    try Wave(samples, rate: rate, channels: channels).bytes().write(to: file)
    return try play(file)
  }

  // MARK: - Its mishaps

  /// Takes the device away, as if it were unplugged.
  public func unload() throws { try control("unload-module", sink[0]) }

  /// Brings the device back.
  public func load() throws { try control(["load-module"] + sink) }

  /// Switches the microphone off or on; off, it gives silence.
  public func mute(_ isMuted: Bool) throws {
    try control("set-source-mute", "speaker.monitor", isMuted ? "1" : "0")
  }

  /// Stops or continues the device; stopped, it gives nothing.
  public func suspend(_ isSuspended: Bool) throws {
    try control("suspend-sink", "speaker", isSuspended ? "1" : "0")
  }

  private func control(_ arguments: String...) throws { try control(arguments) }

  private func control(_ arguments: [String]) throws {
    let messages = Pipe()
    let process = command(["pactl"] + arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    try process.run()
    // A line or two, less than a pipe holds.
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      try messages.fileHandleForWriting.close()
      let reason = try messages.fileHandleForReading.readToEnd() ?? Data()
      throw Failure(
        command: "pactl \(arguments[0])", reason: String(decoding: reason, as: UTF8.self))
    }
  }

  private func command(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return process
  }

  /// Why a program of the sound server did not do what it should.
  public struct Failure: Error, CustomStringConvertible {
    let command: String
    let reason: String

    /// The program and its own words.
    public var description: String { "\(command): \(reason)" }
  }
}
