internal import Glibc
internal import System

/// A connection to the session's display, by which a program learns that the session is over.
package final class DisplayWatch {
  private enum Display {
    case compositor(CompositorConnection)
    case server(X11Connection)
  }

  /// How the display is called in its variable.
  package let name: String
  private let display: Display

  /// Connects.
  ///
  /// - Throws: `.noSession`, `.noDisplay` where nothing answers.
  package init(session: DesktopSession) throws(DesktopError) {
    name = session.display
    switch session.kind {
    case .none: throw .noSession
    case .x11: display = .server(try X11Connection(display: session.environment["DISPLAY"] ?? ""))
    case .wayland: display = .compositor(try CompositorConnection(session))
    }
  }

  /// Has something to tell when the display ends, and perhaps before.
  package var descriptor: Int32 {
    switch display {
    case .compositor(let connection): connection.socket.number
    case .server(let connection): connection.descriptor
    }
  }

  /// Whether the display is there no more; forgets what else its descriptor had to tell.
  package func hasEnded() -> Bool {
    switch display {
    case .compositor(let connection): return connection.hasEnded()
    case .server(let connection):
      connection.synchronize { _ in }
      return connection.isBroken
    }
  }
}

/// A connection to a Wayland compositor that asks nothing.
private final class CompositorConnection {
  let socket: UnixSocket

  init(_ session: DesktopSession) throws(DesktopError) {
    do throws(Errno) {
      guard let path = session.compositorPath, let address = UnixAddress(path) else {
        throw Errno(ENOENT)
      }
      socket = try UnixSocket(.stream)
      try socket.connect(to: address)
    } catch {
      throw .noDisplay(variable: "WAYLAND_DISPLAY", value: session.display)
    }
  }

  func hasEnded() -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { bytes in
      var passed: FileDescriptor?
      do throws(Errno) {
        return try socket.receive(into: bytes, passed: &passed) == 0
      } catch {
        return error.code != EAGAIN
      }
    }
  }
}

extension DesktopSession {
  /// The display by one of its names; where there is none, keys go to the console.
  var display: String {
    switch kind {
    case .none: return "console"
    case .wayland: return environment["WAYLAND_DISPLAY", default: ""]
    case .x11:
      // The number of a screen tells nothing, and `unix` says what nothing says too.
      let name = environment["DISPLAY", default: ""].replacing(/^unix:/, with: ":")
      return name.replacing(/(:\d+)\.\d+$/) { String($0.1) }
    }
  }

  /// Where the compositor's socket lies; nil where the variables do not say so.
  fileprivate var compositorPath: String? {
    guard let name = environment["WAYLAND_DISPLAY"], !name.isEmpty else { return nil }
    if name.hasPrefix("/") { return name }
    return environment["XDG_RUNTIME_DIR"].map { "\($0)/\(name)" }
  }
}
