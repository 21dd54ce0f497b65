internal import CALSA
internal import Glibc

/// A capture device as it can be named.
package struct CaptureDeviceInfo: Equatable, Sendable {
  /// ALSA's name for it, to be given to `Capture`.
  package let name: String
  /// What it is, in a line of words.
  package let description: String
  /// What it offers; nil where it cannot be opened.
  package let abilities: Abilities?
  /// Why it cannot be opened.
  package let problem: AudioError?

  /// Whether it is the one that is taken when none is named.
  package var isDefault: Bool { name == "default" }

  /// What a device offers.
  package struct Abilities: Equatable, Sendable {
    /// Samples per second, fewest to most.
    package let rates: ClosedRange<Int>
    /// Channels, fewest to most.
    package let channels: ClosedRange<Int>
    /// Encodings, of those that `Capture` can read.
    package let encodings: [SampleEncoding]
  }

  /// Finds the capture devices that there are, and opens each for a moment.
  ///
  /// - Returns: Those that ALSA names and that exist: a configuration names "default" even where
  ///   the machine has no microphone.
  /// - Throws: `AudioError.device` where ALSA's configuration is damaged.
  package static func all() throws(AudioError) -> [CaptureDeviceInfo] {
    try names().map(CaptureDeviceInfo.init).filter(\.isThere)
  }

  /// Whether there is such a device.
  var isThere: Bool {
    if case .device(_, .missing) = problem { false } else { true }
  }

  /// What ALSA calls capture devices, whether they exist or not.
  ///
  /// - Throws: `AudioError.device` where its configuration is damaged.
  static func names() throws(AudioError) -> [(name: String, description: String)] {
    // Its messages would go to stderr.
    calsa_silence()
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    let code = snd_device_name_hint(-1, "pcm", &hints)
    guard code >= 0 else {
      throw .device(name: "ALSA", .configuration(ALSAError(code: code).text))
    }
    guard let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var names: [(name: String, description: String)] = []
    var next = hints
    while let hint = next.pointee {
      next += 1
      guard text("IOID", of: hint) != "Output", let name = text("NAME", of: hint), name != "null"
      else { continue }
      names.append((name, text("DESC", of: hint) ?? ""))
    }
    return names
  }

  /// What is known of a device.
  init(name: String, description: String, abilities: Abilities?, problem: AudioError?) {
    (self.name, self.description) = (name, Self.line(description))
    (self.abilities, self.problem) = (abilities, problem)
  }

  /// Opens a device for a moment.
  init(name: String, description: String) {
    self.name = name
    self.description = Self.line(description)
    do throws(ALSAError) {
      let pcm = try CaptureDevice.open(name)
      defer { snd_pcm_close(pcm) }
      let parameters = try HardwareParameters(pcm)
      abilities = Abilities(
        rates: parameters.rates, channels: parameters.channels, encodings: parameters.encodings)
      problem = nil
    } catch {
      abilities = nil
      problem = AudioError(device: name, error)
    }
  }

  private static func line(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: ", ")
  }

  private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
    guard let text = snd_device_name_get_hint(hint, key) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
