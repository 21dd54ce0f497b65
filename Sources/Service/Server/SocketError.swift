/// The daemon's socket cannot be had.
package struct SocketError: Error, Equatable, CustomStringConvertible {
  /// Where it lies, or the variable that should say so.
  package let path: String
  /// Why not.
  package let reason: String
  /// The way out, where one is known.
  package let hint: String?

  /// `<what>: <why>`, one line.
  package var description: String { "\(path): \(reason)" }

  init(_ path: String, _ reason: String, hint: String? = nil) {
    self.path = path
    self.reason = reason
    self.hint = hint
  }

  /// What the system said about a call that failed just now.
  init(_ path: String, errno code: Int32, hint: String? = nil) {
    self.init(path, ErrorText.of(code), hint: hint)
  }
}
