internal import Glibc
package import System

/// The daemon's socket cannot be had.
package struct SocketError: Error, Equatable, CustomStringConvertible {
  /// Why not.
  package enum Reason: Equatable, Sendable {
    /// There is no folder that is surely the user's own.
    case noPlace
    /// No socket can have such a path.
    case badLength
    /// Another daemon listens there.
    case isRunning
    /// The folder is none, or a link.
    case foreignFolder
    /// The folder is not the user's alone.
    case unsafe(FolderFault.Reason)
    /// A file lies there that is no socket.
    case occupied
    /// Systemd handed over so many sockets, in its words, instead of one.
    case wrongCount(String)
    /// What systemd handed over is not a Unix stream socket that listens.
    case notListening
    /// What the system says.
    case system(Errno)
  }

  /// Where it lies, or the variable that should say so.
  package let path: String
  /// Why not.
  package let reason: Reason

  /// `<what>: <why>`, one line.
  package var description: String { "\(path): \(reason)" }

  /// Whether the system lets only another user have it.
  package var isForbidden: Bool {
    if case .system(let failure) = reason { [EACCES, EPERM].contains(failure.code) } else { false }
  }

  init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

extension SocketError.Reason: CustomStringConvertible {
  /// The end of a line.
  package var description: String {
    switch self {
    case .noPlace: "not set, so there is no place for the socket"
    case .badLength: "a socket's path has 1 to \(UnixAddress.longestPath) bytes"
    case .isRunning: "another daemon is running"
    case .foreignFolder: "not a directory of yours"
    case .unsafe(let reason): reason.description
    case .occupied: "there is something else"
    case .wrongCount(let count): "\(count) sockets"
    case .notListening: "not a Unix stream socket that listens"
    case .system(let failure): failure.description
    }
  }
}
