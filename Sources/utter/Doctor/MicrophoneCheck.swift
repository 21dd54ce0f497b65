import Audio
import Foundation

extension Doctor {
  /// Opens the microphone for a moment and listens whether samples come.
  func microphone(_ device: String) -> [Finding] {
    let check = "microphone"
    let capture: Capture
    do throws(AudioError) {
      capture = try Capture(device: device, after: DeviceTrial())
    } catch {
      let message = "\(error.name): \(error.reason)"
      // Another program's use of it may well be over when the key goes down.
      if case .device(_, .busy) = error { return [.warn(check, message, hint: error.advice)] }
      return [.fail(check, message, hint: error.advice)]
    }
    let count = 8_000
    let arrived = capture.ring.wait(for: count, timeout: .seconds(3))
    capture.stop()
    guard arrived else {
      return [
        .fail(
          check, "\(device): opens, but delivers no samples",
          hint: "choose another of `utter devices`: utter config set audio.device NAME")
      ]
    }
    var samples = [Float](repeating: 0, count: count)
    _ = samples.withUnsafeMutableBufferPointer { capture.ring.read(into: $0) }
    let peak = samples.reduce(0) { max($0, abs($1)) }
    guard peak > 0 else {
      return [
        .warn(
          check, "\(device): delivers nothing but zeros",
          hint: "switch the microphone on, or unmute it: alsamixer, pavucontrol")
      ]
    }
    let decibels = Int((20 * log10(peak)).rounded())
    return [.ok(check, "\(device): samples arrive, peak \(decibels) dB")]
  }

  /// Whether the hardware's own devices may be opened.
  func permissions() -> Finding {
    let folder = "/dev/snd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let devices = names.filter { $0.hasPrefix("pcm") && $0.hasSuffix("c") }.sorted()
    if devices.isEmpty {
      return .warn(
        "permissions", "no capture hardware in \(folder)",
        hint: "plug in a microphone, unless a sound server brings one from elsewhere")
    }
    let closed = devices.filter { access("\(folder)/\($0)", R_OK | W_OK) != 0 }
    guard closed.isEmpty else {
      return .warn(
        "permissions", "\(closed.joined(separator: ", ")) may not be opened",
        hint: "add yourself to the group \"audio\" and log in again: sudo usermod -aG audio $USER")
    }
    return .ok("permissions", "\(devices.count) capture devices in \(folder) may be opened")
  }

  /// Whether the capture thread may run before all others.
  func priority() -> Finding {
    var limit = rlimit()
    let isLimited = getrlimit(Int32(__RLIMIT_RTPRIO.rawValue), &limit) == 0 && limit.rlim_cur < 20
    guard isLimited, geteuid() != 0 else { return .ok("priority", "real-time is permitted") }
    return .warn(
      "priority", "real-time is not permitted: samples may be lost on a busy machine",
      hint: "write \"@audio - rtprio 95\" to /etc/security/limits.d/audio.conf, log in again")
  }
}
