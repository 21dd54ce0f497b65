internal import Glibc
internal import System

/// A connection to a Wayland compositor.
///
/// The protocol is words of 32 bits on a Unix socket. For the few interfaces that a clipboard takes
/// that is less than libwayland with its tables, whose calls Swift cannot make.
package final class WaylandConnection {
  private let socket: UnixSocket
  private var input: [UInt8] = []
  private var descriptors: [Int32] = []
  private var lastObject: UInt32 = 1
  /// Whether the compositor is there no more, or will not talk any longer.
  private(set) var isBroken = false

  /// The object that every connection begins with.
  static let display: UInt32 = 1

  /// Connects.
  ///
  /// - Throws: `.noDisplay` where nobody answers.
  package init(_ session: DesktopSession) throws(DesktopError) {
    let name = session.environment["WAYLAND_DISPLAY", default: ""]
    let folder = session.environment["XDG_RUNTIME_DIR", default: ""]
    let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    do throws(Errno) {
      guard let address = UnixAddress(path) else { throw Errno(ENAMETOOLONG) }
      socket = try UnixSocket(.stream)
      try socket.connect(to: address)
    } catch {
      throw .noDisplay(variable: "WAYLAND_DISPLAY", value: name)
    }
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }

  /// The kernel's number for the connection, to wait for.
  var number: Int32 { socket.number }

  /// A number for a new object.
  func newObject() -> UInt32 {
    lastObject += 1
    return lastObject
  }

  /// Sends a request, and a descriptor with it.
  package func send(_ request: WaylandRequest, passing passed: Int32? = nil) {
    var rest = request.encoded[...]
    var passed = passed
    while !rest.isEmpty, !isBroken {
      do throws(Errno) {
        let count = try rest.withUnsafeBufferPointer { bytes throws(Errno) in
          try socket.send(UnsafeRawBufferPointer(bytes), passing: passed)
        }
        rest = rest.dropFirst(count)
        passed = nil
      } catch {
        isBroken = true
      }
    }
  }

  /// Takes what has come.
  ///
  /// - Returns: The messages; none where nothing has come.
  func receive() -> [WaylandEvent] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { room.deallocate() }
    while !isBroken {
      do throws(Errno) {
        let count = try socket.receive(into: room, passed: &descriptors)
        input += room[..<count]
        isBroken = count == 0
      } catch {
        if error.code == EAGAIN { break }
        isBroken = true
      }
    }
    var events: [WaylandEvent] = []
    while let event = WaylandEvent(takenFrom: &input) {
      // The compositor closes a connection after an error.
      if event.object == Self.display, event.operation == 0 { isBroken = true }
      events.append(event)
    }
    return events
  }

  /// The descriptor that belongs to the next message with one.
  func takeDescriptor() -> FileDescriptor? {
    descriptors.isEmpty ? nil : FileDescriptor(owning: descriptors.removeFirst())
  }
}
