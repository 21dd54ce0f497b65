import Audio
import System

/// A capture device as `utter devices` prints it.
struct DeviceRow: Encodable {
  /// From the least to the most, both included.
  struct Bounds: Encodable {
    let min: Int
    let max: Int

    init(_ range: ClosedRange<Int>) { (min, max) = (range.lowerBound, range.upperBound) }

    var text: String { min == max ? "\(min)" : "\(min)–\(max)" }
  }

  let name: String
  let description: String
  let isDefault: Bool
  let rates: Bounds?
  let channels: Bounds?
  let formats: [String]
  /// Why the device cannot be opened.
  let problem: String?

  init(_ device: CaptureDeviceInfo) {
    (name, description, isDefault) = (device.name, device.description, device.isDefault)
    rates = (device.abilities?.rates).map(Bounds.init)
    channels = (device.abilities?.channels).map(Bounds.init)
    formats = (device.abilities?.encodings ?? []).map(\.rawValue)
    problem = device.problem?.reason
  }

  private enum CodingKeys: String, CodingKey {
    case name, description, rates, channels, formats, problem
    case isDefault = "default"
  }

  /// Columns separated by tabs.
  var line: String {
    let mark = isDefault ? "*" : " "
    let start = "\(mark) \(name.printable)\t\(description.printable)\t"
    guard let rates, let channels else { return start + (problem?.printable ?? "unusable") }
    let formats = formats.joined(separator: " ")
    return start + "\(rates.text) Hz\t\(channels.text) ch\t\(formats)"
  }
}
