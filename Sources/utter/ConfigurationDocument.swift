import Foundation
import Service
import TOML

/// The configuration as `utter config show --json` prints it.
struct ConfigurationDocument: Encodable {
  /// A setting.
  struct Setting: Encodable {
    let value: TOMLValue
    /// "default", "file", or the variable's name.
    let origin: String
  }

  /// The file.
  let path: String
  /// Settings by section and key.
  let settings: [String: [String: Setting]]

  init(_ loaded: Configuration.Loaded) {
    path = loaded.path
    var settings: [String: [String: Setting]] = [:]
    for entry in loaded.entries {
      let origin =
        switch entry.origin {
        case .standard: "default"
        case .file: "file"
        case .variable(let name): name
        }
      settings[entry.key.section, default: [:]][entry.key.name] = Setting(
        value: entry.value, origin: origin)
    }
    self.settings = settings
  }
}

extension Configuration.Loaded {
  /// The settings as a file, with a comment behind each that somebody set.
  var toml: String {
    let width = entries.map { "\($0.key.name) = \($0.value.toml)".count }.max() ?? 0
    var lines = ["# \(path)"]
    var section = ""
    for entry in entries {
      if entry.key.section != section {
        section = entry.key.section
        lines += ["", "[\(section)]"]
      }
      let line = "\(entry.key.name) = \(entry.value.toml)"
      let padded = line.padding(toLength: width, withPad: " ", startingAt: 0)
      switch entry.origin {
      case .standard: lines.append(line)
      case .file: lines.append("\(padded)  # the file")
      case .variable(let name): lines.append("\(padded)  # \(name)")
      }
    }
    return lines.joined(separator: "\n")
  }
}
