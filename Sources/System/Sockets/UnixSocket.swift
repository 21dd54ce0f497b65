internal import CLinux
internal import Glibc

/// A Unix socket with one owner, who closes it once.
package struct UnixSocket: ~Copyable, Sendable {
  /// How messages keep apart.
  package enum Kind: Sendable {
    /// A stream of bytes.
    case stream
    /// Messages.
    case datagram

    fileprivate var value: Int32 {
      switch self {
      case .stream: Int32(SOCK_STREAM.rawValue)
      case .datagram: Int32(SOCK_DGRAM.rawValue)
      }
    }
  }

  /// Its descriptor.
  package let descriptor: FileDescriptor

  /// The kernel's number for it, valid as long as this value lives.
  package var number: Int32 { descriptor.number }

  /// A new socket.
  ///
  /// - Throws: Where the system has no more descriptors.
  package init(_ kind: Kind) throws(Errno) {
    let number = try retrying { socket(AF_UNIX, kind.value | Int32(SOCK_CLOEXEC.rawValue), 0) }
    descriptor = FileDescriptor(owning: number)
  }

  /// Takes over a descriptor.
  package init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  // MARK: - Listening

  /// Listens at an address where nothing is yet; nobody but the user may connect.
  ///
  /// - Throws: Why that is not possible.
  package func listen(at address: UnixAddress) throws(Errno) {
    // The file takes its mode from the socket, so that there is no moment with another one.
    try retrying { fchmod(number, 0o600) }
    try retrying { address.withPointer { bind(number, $0, $1) } }
    try retrying { Glibc.listen(number, SOMAXCONN) }
  }

  /// Whether it is a Unix stream socket that listens.
  package var isListening: Bool {
    option(SO_DOMAIN) == AF_UNIX && option(SO_TYPE) == Kind.stream.value
      && option(SO_ACCEPTCONN) == 1
  }

  /// The path of its own address; nil for a name in no folder.
  package var path: String? {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isNamed = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(number, $0, &length) == 0
      }
    }
    let path = withUnsafeBytes(of: &address.sun_path) {
      FilePath(bytes: $0.prefix { $0 != 0 }).spelling
    }
    return isNamed && !path.isEmpty ? path : nil
  }

  /// The next client, whose socket does not block.
  ///
  /// - Throws: `EAGAIN` where nobody waits; `ECONNABORTED` where somebody gave up.
  package func accept() throws(Errno) -> UnixSocket {
    UnixSocket(FileDescriptor(owning: try retrying { clinux_accept(number) }))
  }

  /// The user whose process is at the other end; nil where the system does not say.
  package var peer: UInt32? {
    var user: uid_t = 0
    return clinux_peer(number, &user) ? user : nil
  }

  // MARK: - Connecting

  /// Connects to one that listens.
  ///
  /// - Throws: `ECONNREFUSED` where nobody does.
  package func connect(to address: UnixAddress) throws(Errno) {
    try retrying { address.withPointer { Glibc.connect(number, $0, $1) } }
  }

  /// Lets `receive` fail with `EAGAIN` when nothing came for so long.
  package func setTimeout(seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Bytes that the system holds for the other side; setting more than is allowed sets what is.
  package var sendBuffer: Int {
    get { Int(option(SO_SNDBUF) ?? 0) }
    nonmutating set {
      var size = Int32(clamping: newValue)
      setsockopt(number, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  private func option(_ name: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(number, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }

  // MARK: - Talking

  /// Sends some bytes; a reader that has gone is an error and no signal.
  ///
  /// - Parameters:
  ///   - bytes: What to send.
  ///   - passed: A descriptor to send with them, which stays open here.
  ///   - isWaiting: Whether to wait for room.
  /// - Returns: How many were sent, at least one.
  /// - Throws: Why none was: `EAGAIN` without room, `EPIPE` without a reader.
  package func send(
    _ bytes: UnsafeRawBufferPointer, passing passed: Int32? = nil, isWaiting: Bool = true
  ) throws(Errno) -> Int {
    try retrying {
      guard let passed else {
        let flags = isWaiting ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT
        return Glibc.send(number, bytes.baseAddress, bytes.count, Int32(flags))
      }
      return clinux_send(number, bytes.baseAddress, bytes.count, passed)
    }
  }

  /// Sends one message to an address, without being connected and without waiting for room.
  ///
  /// - Throws: Why it did not arrive: `EAGAIN` where the receiver has left too many unread.
  package func send(_ bytes: [UInt8], to address: UnixAddress) throws(Errno) {
    try retrying {
      address.withPointer {
        sendto(number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), $0, $1)
      }
    }
  }

  /// Waits for bytes.
  ///
  /// - Returns: How many came; 0 at the end.
  /// - Throws: Why none came.
  package func receive(into bytes: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try retrying { recv(number, bytes.baseAddress, bytes.count, 0) }
  }

  /// Takes what has come, and a descriptor that came with it; others than the first are closed.
  ///
  /// - Returns: How many bytes; 0 at the end. The kernel ends a read behind the bytes that a
  ///   descriptor came with.
  /// - Throws: `EAGAIN` where nothing has come.
  package func receive(
    into bytes: UnsafeMutableRawBufferPointer, passed: inout FileDescriptor?
  ) throws(Errno) -> Int {
    var arrived: Int32 = -1
    let count = try retrying {
      clinux_receive(number, bytes.baseAddress, bytes.count, &arrived, 1)
    }
    if arrived >= 0 { passed = FileDescriptor(owning: arrived) }
    return count
  }

  /// Takes what has come, and all descriptors that came with it.
  ///
  /// - Parameters:
  ///   - bytes: Room.
  ///   - passed: Descriptors that came are put at its end; the caller closes them.
  /// - Returns: How many bytes; 0 at the end.
  /// - Throws: `EAGAIN` where nothing has come.
  package func receive(
    into bytes: UnsafeMutableRawBufferPointer, passed: inout [Int32]
  ) throws(Errno) -> Int {
    // As many as the kernel lets one message carry.
    var arrived = [Int32](repeating: -1, count: 253)
    let count = try retrying {
      clinux_receive(number, bytes.baseAddress, bytes.count, &arrived, arrived.count)
    }
    passed += arrived.prefix { $0 >= 0 }
    return count
  }
}
