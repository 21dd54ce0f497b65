internal import System

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
  package init(
    environment: (String) -> String? = Environment.value
  ) throws(SocketError) {
    if let path = environment("UTTER_SOCKET"), !path.isEmpty {
      self.init(path, isPrivate: false)
    } else if let directory = UserFolders(variable: environment).runtime {
      self.init(directory + "/utter/utter.sock", isPrivate: true)
    } else {
      throw SocketError("XDG_RUNTIME_DIR", .noPlace)
    }
  }

  /// Whether it is a name in no directory.
  var isAbstract: Bool { path.hasPrefix("@") }

  /// The directory that it lies in.
  var directory: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path as an address; @ at its beginning stands for the zero of a name in no directory.
  ///
  /// - Throws: Where it is too long for that, or empty.
  var address: UnixAddress {
    get throws(SocketError) {
      guard let address = UnixAddress(path) else { throw SocketError(path, .badLength) }
      return address
    }
  }

  /// Does something with a socket at this place.
  ///
  /// - Throws: What the system says of it.
  func attempting<Result: ~Copyable>(
    _ body: () throws(Errno) -> Result
  ) throws(SocketError) -> Result {
    do throws(Errno) { return try body() } catch { throw SocketError(path, .system(error)) }
  }
}
