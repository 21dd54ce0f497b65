internal import System

/// Tells when a daemon may have come: when something changes in the folder of its socket, which may
/// be still to be made.
struct SocketArrival: ~Copyable {
  /// Nil for a socket in no folder, of which nothing tells.
  private let folder: String?
  private var watch: FileDescriptor?
  private var watched: FileStatus.Identity?
  private var delay = shortest

  /// Time until the next look where nothing tells; from one look to the next it is doubled. (From a
  /// socket's file to its first client there is a moment without a sign.)
  private static let shortest = Duration.milliseconds(5)
  private static let longest = Duration.seconds(2)

  /// Watches for the socket at a place.
  init(_ place: SocketPath) {
    folder = place.isAbstract ? nil : place.directory
  }

  /// Gets ready to `wait`; to be called before one looks whether the daemon is there, for what
  /// happens between the two is not missed then.
  mutating func prepare() {
    guard var path = folder else { return }
    var status = try? FileStatus(of: path)
    while status?.kind != .directory, let slash = path.lastIndex(of: "/") {
      path = slash == path.startIndex ? "/" : String(path[..<slash])
      status = try? FileStatus(of: path)
      if path == "/" { break }
    }
    guard let status, watch == nil || status.identity != watched else { return }
    watch = try? FileDescriptor(watching: path)
    watched = status.identity
  }

  /// Waits until it is time to look again.
  ///
  /// - Parameter other: A descriptor that ends the waiting too.
  /// - Returns: Whether it did.
  mutating func wait(orReadable other: Int32?) -> Bool {
    let first = firstReadable([other, watch?.number].compactMap(\.self), within: delay)
    if first == 0, other != nil { return true }
    delay = first == nil ? min(delay * 2, Self.longest) : Self.shortest
    watch?.forgetChanges()
    return false
  }
}
