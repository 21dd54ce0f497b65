/// Why a recording could not be read, or a device not be opened.
package enum AudioError: Error, Equatable, Sendable {
  /// There is nothing to read.
  case noInput(path: String, InputFault)
  /// There is something, but not a recording that can be decoded.
  case badData(path: String, RecordingFault)
  /// There is no capture device to be had.
  case device(name: String, DeviceFault)

  /// The file or device as the caller named it; "-" for standard input.
  package var name: String {
    switch self {
    case .noInput(let name, _), .badData(let name, _), .device(let name, _): name
    }
  }

  /// What is wrong, as the end of the sentence that starts with the name.
  package var reason: String {
    switch self {
    case .noInput(_, let fault): fault.reason
    case .badData(_, let fault): fault.reason
    case .device(_, let fault): fault.reason
    }
  }
}
