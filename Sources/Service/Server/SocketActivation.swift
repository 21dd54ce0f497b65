internal import Glibc
internal import System

extension ListeningSocket {
  /// The socket that systemd handed over (`sd_listen_fds(3)`); nil where it handed over none.
  ///
  /// The variables that tell of it are gone afterwards, so that no child takes them for its own.
  ///
  /// - Throws: Where it is not exactly one Unix stream socket that listens.
  package static func inherited() throws(SocketError) -> ListeningSocket? {
    let (process, count) = (
      Environment.value(of: "LISTEN_PID"), Environment.value(of: "LISTEN_FDS")
    )
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    // Where systemd puts the first one (SD_LISTEN_FDS_START).
    return try inherited(process: process, count: count, first: 3)
  }

  /// The same with what the variables say; the descriptor is closed where it is no such socket.
  package static func inherited(
    process: String?, count: String?, first number: Int32
  ) throws(SocketError) -> ListeningSocket? {
    guard let count, process == "\(getpid())" else { return nil }
    guard count == "1" else {
      throw SocketError("LISTEN_FDS", .wrongCount(String(count.prefix(20))))
    }
    guard let descriptor = try? FileDescriptor(inheriting: number) else {
      throw SocketError("LISTEN_FDS", .notListening)
    }
    let socket = UnixSocket(descriptor)
    guard socket.isListening, (try? socket.descriptor.setBlocking(false)) != nil else {
      throw SocketError("LISTEN_FDS", .notListening)
    }
    return ListeningSocket(inherited: socket)
  }
}
