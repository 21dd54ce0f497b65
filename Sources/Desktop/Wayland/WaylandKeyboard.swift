internal import Glibc
internal import System

/// Typing through a keyboard of our own at a Wayland compositor (`virtual-keyboard-unstable-v1`).
///
/// Its keymap is made for the text, and its modifiers are its own: keys that the user still holds
/// do not change what is typed.
struct WaylandKeyboard: Keystrokes {
  let session: DesktopSession
  let delay: Duration?

  private static let manager = "zwp_virtual_keyboard_manager_v1"

  /// Whether the compositor lets programs be keyboards.
  static func isAllowed(in session: DesktopSession) -> Bool {
    guard let connection = try? WaylandConnection(session) else { return false }
    return WaylandGlobals(connection).bind(manager) != nil
  }

  func untypable(in text: KeystrokeText) -> (Set<Character>, reason: String)? { nil }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    let keyboard = try WaylandKeys(session, Self.manager)
    let all = text.text.unicodeScalars.count
    var typed = 0
    for piece in text.pieces(distinct: WaylandKeymap.size) {
      let keymap = WaylandKeymap(for: piece)
      try keyboard.show(keymap.text)
      for scalar in piece.unicodeScalars {
        guard let key = keymap.keys[scalar] else { continue }
        try keyboard.tap(key, delay: delay)
        typed += 1
        guard !keyboard.isGone else {
          throw .interrupted(name: "compositor", typed: typed, of: all)
        }
      }
      keyboard.finish()
    }
  }

  func press(_ chord: Chord) throws(DesktopError) {
    let keyboard = try WaylandKeys(session, Self.manager)
    let keymap = WaylandKeymap(named: chord.key)
    try keyboard.show(keymap.text)
    keyboard.hold(chord.modifiers)
    try keyboard.tap(WaylandKeymap.named, delay: nil)
    keyboard.hold([])
    keyboard.finish()
    guard !keyboard.isGone else { throw .interrupted(name: "compositor", typed: 0, of: 1) }
  }
}

/// A keyboard that the compositor knows of.
private final class WaylandKeys {
  private let connection: WaylandConnection
  private let object: UInt32
  /// Whether the seat had a keyboard before this one: windows listen to it then.
  private let isSecond: Bool
  private var taps = 0

  /// How long windows take to listen to the first keyboard of a seat.
  private static let patience = Duration.milliseconds(120)
  /// Taps after which the compositor is waited for.
  private static let burst = 8
  /// Time that a tap takes at least: a window that is busy for seconds gets what waits for it all
  /// the same, and is not cut off for not reading.
  private static let pace = Duration.milliseconds(1)

  init(_ session: DesktopSession, _ manager: String) throws(DesktopError) {
    connection = try WaylandConnection(session)
    let globals = WaylandGlobals(connection)
    guard let seat = globals.bind("wl_seat"), let manager = globals.bind(manager) else {
      throw .displayLacks(value: session.display, extension: "virtual-keyboard-v1")
    }
    isSecond = connection.hasKeyboard(seat)
    object = connection.newObject()
    connection.send(WaylandRequest(manager, 0).adding(seat).adding(object))
  }

  /// Whether the compositor is there no more, or does not want this keyboard.
  var isGone: Bool { connection.isBroken }

  /// Lets keys mean something else.
  func show(_ keymap: String) throws(DesktopError) {
    let bytes = Array(keymap.utf8) + [0]
    do throws(Errno) {
      let file = try FileDescriptor(inMemory: bytes)
      connection.send(
        WaylandRequest(object, 0).adding(1).adding(UInt32(bytes.count)), passing: file.number)
    } catch {
      throw .toolFailed(name: "keymap", reason: "\(error)")
    }
    // With the modifiers goes the keymap, before the first key.
    hold([])
    connection.synchronize()
    if !isSecond, taps == 0 { usleep(UInt32(Self.patience / .microseconds(1))) }
    hold([.shift])
    hold([])
    connection.synchronize()
  }

  /// Holds modifiers down, and no others.
  func hold(_ modifiers: [Chord.Modifier]) {
    let mask = modifiers.reduce(UInt32(0)) { $0 | $1.mask }
    connection.send(
      WaylandRequest(object, 2).adding(mask).adding(0).adding(0).adding(0))
  }

  /// Presses a key and lets it go.
  func tap(_ key: UInt32, delay: Duration?) throws(DesktopError) {
    for state in [UInt32(1), 0] {
      connection.send(WaylandRequest(object, 1).adding(Self.time).adding(key).adding(state))
    }
    taps += 1
    if let delay {
      connection.synchronize()
      usleep(UInt32(delay / .microseconds(1)))
    } else if taps % Self.burst == 0 {
      connection.synchronize()
      usleep(UInt32(Self.burst) * UInt32(Self.pace / .microseconds(1)))
    }
  }

  /// Waits until the compositor has passed all on.
  func finish() { connection.synchronize() }

  private static var time: UInt32 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt32(truncatingIfNeeded: now.tv_sec * 1_000 + now.tv_nsec / 1_000_000)
  }
}

extension Chord.Modifier {
  /// Its bit among the modifiers of a keymap that has only the usual ones.
  fileprivate var mask: UInt32 {
    switch self {
    case .shift: 1
    case .ctrl: 4
    case .alt: 8
    case .super: 64
    }
  }
}
