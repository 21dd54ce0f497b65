internal import Glibc

extension ListeningSocket {
  /// The socket that systemd handed over (`sd_listen_fds(3)`); nil where it handed over none.
  ///
  /// The variables that tell of it are gone afterwards, so that no child takes them for its own.
  ///
  /// - Throws: Where it is not exactly one Unix stream socket that listens.
  package static func inherited() throws(SocketError) -> ListeningSocket? {
    let (process, count) = (SocketPath.variable("LISTEN_PID"), SocketPath.variable("LISTEN_FDS"))
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    // Where systemd puts the first one (SD_LISTEN_FDS_START).
    return try inherited(process: process, count: count, first: 3)
  }

  /// The same with what the variables say.
  package static func inherited(
    process: String?, count: String?, first descriptor: Int32
  ) throws(SocketError) -> ListeningSocket? {
    guard let count, process == "\(getpid())" else { return nil }
    guard count == "1" else {
      throw SocketError(
        "LISTEN_FDS", "\(count.prefix(20)) sockets", hint: "utter.socket has one ListenStream=")
    }
    guard option(SO_DOMAIN, of: descriptor) == AF_UNIX,
      option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue),
      option(SO_ACCEPTCONN, of: descriptor) == 1,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0
    else {
      throw SocketError(
        "LISTEN_FDS", "not a Unix stream socket that listens",
        hint: "utter.socket has a path after ListenStream=")
    }
    return ListeningSocket(inherited: descriptor, path: path(of: descriptor))
  }

  private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }

  private static func path(of descriptor: Int32) -> String {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let named = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length) == 0
      }
    }
    guard named else { return "" }
    return withUnsafeBytes(of: &address.sun_path) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
