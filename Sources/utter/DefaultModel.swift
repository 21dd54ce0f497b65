import Foundation

/// The model of a command that names none: `UTTER_MODEL_NAME`, or the one that ships.
func defaultModel() -> String {
  let name = ProcessInfo.processInfo.environment["UTTER_MODEL_NAME"] ?? ""
  return name.isEmpty ? "starter-en" : name
}
