internal import Glibc

/// Where the daemon's socket lies.
package struct SocketPath: Equatable, Sendable {
  /// The path.
  package let path: String
  /// Whether it is ours to keep its directory closed to others.
  let isPrivate: Bool

  /// A path that somebody chose.
  package init(_ path: String) { self.init(path, isPrivate: false) }

  private init(_ path: String, isPrivate: Bool) {
    self.path = path
    self.isPrivate = isPrivate
  }

  /// `UTTER_SOCKET`, or `utter/utter.sock` in `XDG_RUNTIME_DIR`.
  ///
  /// - Parameter environment: The value of a variable; that of this process by default.
  /// - Throws: Where neither is set: there is no other directory that is surely the user's own.
  package init(environment: (String) -> String? = Self.variable) throws(SocketError) {
    if let path = environment("UTTER_SOCKET"), !path.isEmpty {
      self.init(path, isPrivate: false)
    } else if let directory = environment("XDG_RUNTIME_DIR"), directory.hasPrefix("/") {
      self.init(directory + "/utter/utter.sock", isPrivate: true)
    } else {
      throw SocketError(
        "XDG_RUNTIME_DIR", "not set, so there is no place for the socket",
        hint: "log in through systemd, or name a path in UTTER_SOCKET")
    }
  }

  /// A variable of this process.
  package static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The directory that it lies in.
  var directory: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Calls a function with the path as the system takes it; @ at its beginning stands for the zero
  /// of a name that is in no directory.
  ///
  /// - Throws: Where it is too long for that.
  func withAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(SocketError) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let limit = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard path.utf8.count <= limit, !path.isEmpty else {
      throw SocketError(
        path, "a socket's path has 1 to \(limit) bytes", hint: "name a shorter one in UTTER_SOCKET")
    }
    let isAbstract = path.hasPrefix("@")
    withUnsafeMutableBytes(of: &address.sun_path) { name in
      name.copyBytes(from: path.utf8)
      if isAbstract { name[0] = 0 }
    }
    // The length tells where an abstract name ends.
    let length = MemoryLayout<sockaddr_un>.size - limit - 1 + path.utf8.count + (isAbstract ? 0 : 1)
    return withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(length))
      }
    }
  }

  /// A new stream socket that does not outlive an exec.
  func socket() throws(SocketError) -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SocketError(path, errno: errno) }
    return descriptor
  }
}

/// What the system calls an error.
enum ErrorText {
  /// The text of a value of errno.
  static func of(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
