/// A request to the daemon came to nothing.
package enum ClientError: Error, Equatable, CustomStringConvertible {
  /// Nobody listens, or it is not known where.
  case notRunning(SocketError)
  /// Another user listens there, of this number where the system says it.
  case impostor(path: String, user: UInt32?)
  /// The daemon ended, or dropped us.
  case closed(path: String)
  /// The daemon said no.
  case refused(ServiceError)
  /// What came is not the protocol.
  case foreign(path: String, reason: String)

  /// `<what>: <why>`, one line.
  package var description: String {
    switch self {
    case .notRunning(let error) where error.isForbidden:
      "\(error.path): the socket belongs to another user: \(error.reason)"
    case .notRunning(let error): "the daemon is not running: \(error)"
    case .impostor(let path, let user):
      "\(path): user \(user.map(String.init) ?? "unknown") listens there, and is not you"
    case .closed(let path): "\(path): the daemon closed the connection"
    case .refused(let error): error.message
    case .foreign(let path, let reason): "\(path): not utter's protocol: \(reason)"
    }
  }
}
