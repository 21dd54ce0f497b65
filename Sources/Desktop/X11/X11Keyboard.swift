internal import CXCB
internal import Glibc

/// Typing through X11's test keys, and looking whether they arrive.
///
/// While a program holds the keyboard, a window manager whose key is down for one, all keys go to
/// it. So nothing is typed then, and keys that went astray are typed again.
struct X11Keyboard: Keystrokes {
  let session: DesktopSession
  let delay: Duration?

  /// Keys pressed before looking whether they arrived.
  private static let burst = 32
  /// How long a program may hold the keyboard.
  private static let patience = Duration.seconds(60)

  func untypable(in text: KeystrokeText) throws(DesktopError) -> (Set<Character>, reason: String)? {
    let connection = try connect()
    let keymap = try bestGroup(for: text.text, connection, released: true)
    let missing = keymap.missing(in: text.text)
    let spare = X11LentKeys(connection, keymap).spare(for: text.text, in: keymap).count
    guard missing.count > spare else { return nil }
    return (
      Set(missing.map(Character.init)), "no key has them, and only \(spare) keys are free"
    )
  }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    let connection = try connect()
    var watch = X11KeyWatch(connection)
    try waitUntilFree(&watch, connection)
    let keymap = try keymap(for: text.text, connection)
    let strokes = text.text.unicodeScalars.compactMap { keymap.strokes[$0] }
    try Self.withGroup(of: keymap, connection) { () throws(DesktopError) in
      try type(strokes, &watch, connection)
    }
  }

  private func type(
    _ strokes: [X11Keymap.Stroke], _ watch: inout X11KeyWatch, _ connection: X11Connection
  ) throws(DesktopError) {
    var place = 0
    while place < strokes.count {
      let count = delay == nil ? Self.burst : 1
      let burst = strokes[place..<min(place + count, strokes.count)]
      watch.expect(burst.map(\.key))
      Self.press(burst, connection)
      watch.settle()
      if let delay { usleep(UInt32(delay / .microseconds(1))) }
      guard !connection.isBroken else { throw Self.lost(place, of: strokes.count) }
      place += watch.arrived
      guard !watch.isTorn else { throw Self.lost(place, of: strokes.count) }
      if watch.isHeld {
        do throws(DesktopError) {
          try waitUntilFree(&watch, connection)
        } catch {
          throw Self.lost(place, of: strokes.count)
        }
      }
    }
  }

  func waitUntilReady() throws(DesktopError) {
    let connection = try connect()
    var watch = X11KeyWatch(connection)
    try waitUntilFree(&watch, connection)
  }

  func press(_ chord: Chord) throws(DesktopError) {
    let connection = try connect()
    var watch = X11KeyWatch(connection)
    try waitUntilFree(&watch, connection)
    // A layout without Latin letters is lent the one that the chord needs.
    let letter = chord.key.unicodeScalars.count == 1 ? chord.key : ""
    let keymap = try keymap(for: letter, connection)
    var keys: [xkb_keycode_t] = []
    for modifier in chord.modifiers {
      guard let key = keymap.keys[modifier.xSymbol] else {
        throw .toolFailed(name: "X server", reason: "no key is called \(modifier.rawValue)")
      }
      keys.append(key)
    }
    let key = letter.unicodeScalars.first.map { keymap.strokes[$0]?.key }
    guard let key = key ?? keymap.keys[UInt32(XKB_KEY_Insert)] else {
      throw .toolFailed(name: "X server", reason: "no key is called \(chord.key)")
    }
    keys.append(key)
    watch.expect([key])
    for key in keys { Self.fake(key, isDown: true, connection) }
    for key in keys.reversed() { Self.fake(key, isDown: false, connection) }
    watch.settle()
    guard watch.arrived == 1 else { throw Self.lost(0, of: 1) }
  }

  private func connect() throws(DesktopError) -> X11Connection {
    try X11Connection(display: session.environment["DISPLAY", default: ""])
  }

  /// Waits until no program holds the keyboard, and nobody a key that makes commands of letters.
  private func waitUntilFree(
    _ watch: inout X11KeyWatch, _ connection: X11Connection
  ) throws(DesktopError) {
    let end = ContinuousClock.now + Self.patience
    releaseModifiers(connection)
    watch.probe()
    while true {
      if !watch.isHeld, try !X11Keymap(connection).isCommandHeld { return }
      guard ContinuousClock.now < end, !connection.isBroken else { throw .keyboardHeld }
      // Whoever lets the keyboard go tells no other program than the window that has the focus.
      watch.wait(.milliseconds(50))
      watch.probe()
    }
  }

  /// Lets go of modifiers that a program pressed and forgot; those under a finger stay down.
  private func releaseModifiers(_ connection: X11Connection) {
    let cookie = xcb_get_modifier_mapping(connection.handle)
    guard let reply = xcb_get_modifier_mapping_reply(connection.handle, cookie, nil) else { return }
    defer { free(reply) }
    let keys = UnsafeBufferPointer(
      start: xcb_get_modifier_mapping_keycodes(reply),
      count: Int(xcb_get_modifier_mapping_keycodes_length(reply)))
    for key in Set(keys) where key != 0 {
      Self.fake(xkb_keycode_t(key), isDown: false, connection)
    }
  }

  /// The keymap, in which a text's characters have keys, where there are enough.
  private func keymap(
    for text: String, _ connection: X11Connection
  ) throws(DesktopError) -> X11Keymap {
    let keymap = try bestGroup(for: text, connection)
    let wanted = keymap.missing(in: text) + keymap.risky(in: text)
    guard !wanted.isEmpty else { return keymap }
    var lent = X11LentKeys(connection, keymap)
    lent.lend(Array(zip(lent.spare(for: text, in: keymap), wanted)))
    return try X11Keymap(connection, group: keymap.group)
  }

  /// The keymap of the group that lacks fewest of a text's characters: the chosen one, unless it
  /// has not keys enough.
  private func bestGroup(
    for text: String, _ connection: X11Connection, released: Bool = false
  ) throws(DesktopError) -> X11Keymap {
    var best = try X11Keymap(connection, released: released)
    let spare = X11LentKeys(connection, best).spare(for: text, in: best).count
    guard best.missing(in: text).count > spare else { return best }
    for group in 0..<best.groups where group != best.currentGroup {
      let other = try X11Keymap(connection, group: group, released: released)
      if other.missing(in: text).count < best.missing(in: text).count { best = other }
    }
    return best
  }

  /// Does something while a group is chosen.
  private static func withGroup<Failure: Error>(
    of keymap: X11Keymap, _ connection: X11Connection, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    guard keymap.group != keymap.currentGroup else { return try body() }
    choose(group: keymap.group, connection)
    defer { choose(group: keymap.currentGroup, connection) }
    try body()
  }

  private static func choose(group: UInt32, _ connection: X11Connection) {
    xcb_xkb_latch_lock_state(
      connection.handle, xcb_xkb_device_spec_t(connection.coreKeyboard), 0, 0, 1, UInt8(group), 0,
      0, 0)
    xcb_flush(connection.handle)
  }

  /// Presses keys one after the other, each with the modifiers that it needs.
  ///
  /// Meanwhile the server hears no other program, whose keys could take the keyboard for a moment
  /// and leave a hole in the text.
  private static func press(_ strokes: ArraySlice<X11Keymap.Stroke>, _ connection: X11Connection) {
    xcb_grab_server(connection.handle)
    defer { xcb_ungrab_server(connection.handle) }
    var held: [xkb_keycode_t] = []
    for stroke in strokes {
      if stroke.held != held {
        for key in held.reversed() { fake(key, isDown: false, connection) }
        for key in stroke.held { fake(key, isDown: true, connection) }
        held = stroke.held
      }
      fake(stroke.key, isDown: true, connection)
      fake(stroke.key, isDown: false, connection)
    }
    for key in held.reversed() { fake(key, isDown: false, connection) }
  }

  private static func fake(_ key: xkb_keycode_t, isDown: Bool, _ connection: X11Connection) {
    xcb_test_fake_input(
      connection.handle, UInt8(isDown ? XCB_KEY_PRESS : XCB_KEY_RELEASE), UInt8(key), 0,
      connection.root, 0, 0, 0)
  }

  private static func lost(_ count: Int, of all: Int) -> DesktopError {
    .interrupted(name: "X server", typed: count, of: all)
  }
}

extension Chord.Modifier {
  /// X11's symbol for its key.
  fileprivate var xSymbol: xkb_keysym_t {
    switch self {
    case .ctrl: UInt32(XKB_KEY_Control_L)
    case .shift: UInt32(XKB_KEY_Shift_L)
    case .alt: UInt32(XKB_KEY_Alt_L)
    case .super: UInt32(XKB_KEY_Super_L)
    }
  }
}
