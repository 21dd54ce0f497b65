internal import Foundation

/// A microphone that behaves as hardware does: samples come at real pace, and those that nobody
/// fetches within its buffer's half a second are lost in an overrun.
///
/// It is a plugin of ALSA, which the C compiler of the Swift toolchain builds on the spot. A sound
/// server does not lose anything, so it cannot stand in.
public final class PacedMicrophone {
  /// ALSA's name for it, where `environment` or `definition` is known; "default" is the same.
  public let device: String
  /// ALSA's definition of the device, for those who read their configuration otherwise.
  public let definition: String
  /// What a program needs to find the device.
  public let environment: [String: String]
  private let folder: URL
  private let sound: URL

  /// Builds the device.
  ///
  /// - Parameter samples: What it hears from its opening on, 16 kHz mono; then there is silence.
  /// - Throws: Where files cannot be written, or the compiler cannot be started or fails.
  public init(hearing samples: [Int16]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let sound = folder.appending(path: "sound")
    self.sound = sound
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let library = folder.appending(path: "paced.so").path
    try samples.withUnsafeBytes { try Data($0).write(to: sound) }
    // One type a device, because ALSA keeps the first library of a name.
    device = "utter_\(UUID().uuidString)"
    definition = """
      pcm_type.\(device) { lib "\(library)" open "_snd_pcm_paced_open" }
      pcm.\(device) { type \(device) file "\(sound.path)" }
      """
    let configuration = folder.appending(path: "asound.conf")
    try """
    \(definition)
    pcm.default { type \(device) file "\(sound.path)" }
    """.write(to: configuration, atomically: true, encoding: .utf8)
    environment = ["ALSA_CONFIG_PATH": configuration.path]

    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = [
      "clang", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-DPIC", "-o", library,
      Fixtures.committed.appending(path: "alsa/paced.c").path, "-lasound",
    ]
    try compiler.run()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  /// Lets the device hear something more, half a second from now on.
  ///
  /// - Parameters:
  ///   - samples: 16 kHz mono.
  ///   - opening: A moment before the device was opened.
  /// - Throws: Where the file of what it hears cannot be written.
  public func hear(_ samples: [Int16], opened opening: ContinuousClock.Instant) throws {
    let later = (.now - opening + .milliseconds(500)) / .seconds(1)
    let file = try FileHandle(forWritingTo: sound)
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(later * 16_000) * 2)
    try samples.withUnsafeBytes { try file.write(contentsOf: Data($0)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
