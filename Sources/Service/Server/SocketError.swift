/// The daemon's socket cannot be had.
public struct SocketError: Error, Equatable, CustomStringConvertible {
  /// Where it lies, or the variable that should say so.
  public let path: String
  /// Why not.
  public let reason: String
  /// The way out, where one is known.
  public let hint: String?

  /// `<what>: <why>`, one line.
  public var description: String { "\(path): \(reason)" }

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
