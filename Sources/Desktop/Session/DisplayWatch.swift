/// A connection to the session's display, by which a program learns that the session is over, and
/// on X11 what a hand does meanwhile.
package final class DisplayWatch {
  private enum Display {
    case compositor(WaylandConnection)
    case server(X11Connection)
  }

  /// How the display is called in its variable.
  package let name: String
  private let display: Display
  private var hand: X11Hand?
  /// The key that starts dictations, once it is known.
  private var hotkey: UInt32?

  /// How long before a dictation its key went down.
  private static let delay = Duration.milliseconds(500)

  /// Connects.
  ///
  /// - Throws: `.noSession`, `.noDisplay` where nothing answers, `.displayLacks`.
  package init(session: DesktopSession) throws(DesktopError) {
    name = session.display
    switch session.kind {
    case .none: throw .noSession
    case .x11: display = .server(try X11Connection(display: session.environment["DISPLAY"] ?? ""))
    case .wayland: display = .compositor(try WaylandConnection(session))
    }
  }

  /// Has something to tell when the display ends, and perhaps before.
  package var descriptor: Int32 {
    switch display {
    case .compositor(let connection): connection.number
    case .server(let connection): connection.descriptor
    }
  }

  /// Takes in what happened.
  ///
  /// - Returns: Whether the display is there no more.
  package func hasEnded() -> Bool {
    switch display {
    case .compositor(let connection):
      _ = connection.receive()
      return connection.isBroken
    case .server(let connection):
      if hand != nil { hand?.update() } else { connection.synchronize { _ in } }
      return connection.isBroken
    }
  }

  // MARK: - What a hand does

  /// Begins to watch what a hand does, where the display tells that to programs.
  package func watchHand() {
    guard case .server(let connection) = display else { return }
    hand = try? X11Hand(connection)
  }

  /// A dictation begins: a key that was just pressed began it, and writes nothing.
  package func noteDictation() {
    hand?.update()
    guard let last = hand?.pressed.last, last.key != 0, last.time.duration(to: .now) < Self.delay
    else { return }
    hotkey = last.key
  }

  /// Whether a hand may have moved the cursor, or written something, since the last `forgetHand`.
  package func hasHandMoved() -> Bool {
    hand?.update()
    return hand?.pressed.contains { $0.key != hotkey } == true
  }

  /// Forgets what a hand did up to now, and keys that only looked as if a hand had pressed them.
  package func forgetHand() {
    hand?.update()
    hand?.forget()
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
}
