/// Why a recording could not be read, or a device not be opened.
package enum AudioError: Error, Equatable, Sendable {
  /// There is nothing to read: a missing, unreadable or empty file, a directory, a device.
  case noInput(path: String, reason: String, hint: String)
  /// There is something, but not a recording that can be decoded.
  case badData(path: String, reason: String, hint: String)
  /// There is no such capture device.
  case noDevice(name: String, reason: String, hint: String)
  /// Another program has the capture device to itself.
  case deviceBusy(name: String, reason: String, hint: String)
  /// The capture device is there, but may not be opened or delivers nothing that can be read.
  case unusableDevice(name: String, reason: String, hint: String)

  /// The file or device as the caller named it; "-" for standard input.
  package var name: String { parts.name }

  /// What is wrong, as the end of the sentence that starts with the name.
  package var reason: String { parts.reason }

  /// The way out, one line.
  package var hint: String { parts.hint }

  private var parts: (name: String, reason: String, hint: String) {
    switch self {
    case .noInput(let path, let reason, let hint), .badData(let path, let reason, let hint):
      (path, reason, hint)
    case .noDevice(let name, let reason, let hint), .deviceBusy(let name, let reason, let hint),
      .unusableDevice(let name, let reason, let hint):
      (name, reason, hint)
    }
  }
}
