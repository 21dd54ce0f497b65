import Foundation
import Kernels
import Service

/// Looks at everything that dictation needs.
struct Doctor {
  /// Variables of the process.
  let environment: [String: String]

  /// Every check in the order of the audio's way: from the microphone to the window.
  func findings() -> [Finding] {
    let configuration: Configuration
    let first: Finding
    do throws(ConfigurationError) {
      let loaded = try Configuration.trace(environment: environment)
      configuration = loaded.configuration
      let exists = FileManager.default.fileExists(atPath: loaded.path)
      first = .ok("configuration", exists ? loaded.path : "defaults; no \(loaded.path)")
    } catch {
      // The other checks say what holds once this is repaired.
      configuration = Configuration()
      first = .fail("configuration", error.description, hint: error.advice)
    }
    return [first] + microphone(configuration.audio.device) + [
      permissions(), priority(), model(configuration.model.name), kernels(), session(),
    ] + portal() + [
      typing(configuration.typing.driver), clipboard(), typists(), notifications(), socket(),
      unit(),
    ] + daemon() + repeats()
  }

  private func kernels() -> Finding {
    .ok(
      "kernels",
      "\(instructionSet), \(blasDescription) called from \(Team.physicalCores) threads")
  }

  /// A variable's value, nil where it is unset or empty.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
