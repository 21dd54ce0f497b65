internal import CXCB
internal import Glibc

extension X11Connection {
  /// A mask of events as the input extension reads it: the words follow the head.
  private struct MaskedEvents {
    var head = xcb_input_event_mask_t(
      deviceid: xcb_input_device_id_t(XCB_INPUT_DEVICE_ALL_MASTER.rawValue), mask_len: 1)
    var words: UInt32
  }

  /// Asks to be told of keys or buttons, whichever window or program gets them.
  func selectRaw(_ kinds: xcb_input_xi_event_mask_t...) {
    var events = MaskedEvents(words: kinds.reduce(0) { $0 | $1.rawValue })
    withUnsafeBytes(of: &events) { bytes in
      _ = xcb_input_xi_select_events(
        handle, root, 1, bytes.baseAddress?.assumingMemoryBound(to: xcb_input_event_mask_t.self))
    }
  }

  /// Whether Ctrl, Alt or Super is down, which make commands of keys.
  var isCommandHeld: Bool {
    let device = xcb_xkb_device_spec_t(coreKeyboard)
    guard let state = xcb_xkb_get_state_reply(handle, xcb_xkb_get_state(handle, device), nil) else {
      return false
    }
    defer { free(state) }
    let commands = XCB_MOD_MASK_CONTROL.rawValue | XCB_MOD_MASK_1.rawValue | XCB_MOD_MASK_4.rawValue
    return UInt32(state.pointee.mods) & commands != 0
  }
}

/// Keys and buttons that a hand presses: after them the cursor may be anywhere, and what stands
/// before it is not what was typed last.
struct X11Hand {
  private let connection: X11Connection
  /// Keys that move no cursor and write nothing: modifiers, function keys.
  private let harmless: Set<xkb_keycode_t>
  /// Keys that were pressed since the last `forget`, with the time; 0 is a button of the mouse.
  private(set) var pressed: [(key: xkb_keycode_t, time: ContinuousClock.Instant)] = []

  /// Begins to watch.
  init(_ connection: X11Connection) throws(DesktopError) {
    self.connection = connection
    harmless = Set(try X11Keymap(connection).keys.filter { Self.isHarmless($0.key) }.values)
    connection.selectRaw(
      XCB_INPUT_XI_EVENT_MASK_RAW_KEY_PRESS, XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_PRESS)
  }

  /// Forgets what was pressed up to now.
  mutating func forget() { pressed = [] }

  /// Takes in what happened.
  mutating func update() {
    var keys: [xkb_keycode_t] = []
    connection.synchronize { event in
      let event = UnsafeRawPointer(event)
      guard Int32(event.load(as: UInt8.self) & 0x7f) == XCB_GE_GENERIC else { return }
      // Events of buttons look the same.
      let raw = event.load(as: xcb_input_raw_key_press_event_t.self)
      guard raw.extension == connection.inputExtension else { return }
      switch Int32(raw.event_type) {
      case XCB_INPUT_RAW_KEY_PRESS where !harmless.contains(raw.detail): keys.append(raw.detail)
      // The others turn the wheel.
      case XCB_INPUT_RAW_BUTTON_PRESS where raw.detail <= 3: keys.append(0)
      default: break
      }
    }
    guard !keys.isEmpty, !connection.isCommandHeld else { return }
    pressed += keys.map { ($0, .now) }
    // Only the last ones may turn out to be the key of dictations.
    pressed = pressed.suffix(64)
  }

  private static func isHarmless(_ symbol: xkb_keysym_t) -> Bool {
    let others = [
      XKB_KEY_Pause, XKB_KEY_Scroll_Lock, XKB_KEY_Num_Lock, XKB_KEY_Print, XKB_KEY_Menu,
      XKB_KEY_Mode_switch, XKB_KEY_Multi_key,
    ]
    return (UInt32(XKB_KEY_F1)...UInt32(XKB_KEY_Hyper_R)).contains(symbol)
      || (UInt32(XKB_KEY_ISO_Lock)...UInt32(XKB_KEY_ISO_Last_Group_Lock)).contains(symbol)
      // Keys of media, and others that X11 itself does not know.
      || symbol >= 0x1008_0000
      || others.contains(Int32(bitPattern: symbol))
  }
}
