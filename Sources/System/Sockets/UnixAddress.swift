internal import Glibc

/// The address of a Unix socket: a path, or a name in no folder.
package struct UnixAddress: Equatable, Sendable {
  /// Bytes of the longest path.
  package static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// The path's spelling; @ at its beginning stands for the zero of a name in no folder.
  package let path: String

  /// An address; nil where a path is empty or too long to be one.
  package init?(_ path: String) {
    guard (1...Self.longestPath).contains(FilePath(path).bytes.count) else { return nil }
    self.path = path
  }

  /// Lends the address as system calls take it.
  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let isAbstract = path.hasPrefix("@")
    let bytes = FilePath(path).bytes
    withUnsafeMutableBytes(of: &address.sun_path) { name in
      name.copyBytes(from: bytes)
      if isAbstract { name[0] = 0 }
    }
    // The length tells where a name in no folder ends; a path ends at its zero.
    let start = MemoryLayout<sockaddr_un>.size - Self.longestPath - 1
    let length = start + bytes.count + (isAbstract ? 0 : 1)
    return withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
    }
  }
}
