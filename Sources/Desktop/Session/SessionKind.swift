/// What draws the windows.
package enum SessionKind: String, Sendable {
  case wayland, x11, none

  /// What the variables of a session say.
  ///
  /// - Parameter environment: Those of the process.
  package init(environment: [String: String]) {
    func isSet(_ name: String) -> Bool { environment[name, default: ""].isEmpty == false }
    self = isSet("WAYLAND_DISPLAY") ? .wayland : isSet("DISPLAY") ? .x11 : .none
  }
}
