internal import CXCB
internal import Glibc

/// Sees which of the keys that were pressed reached the window, and which went to a program that
/// holds the keyboard.
///
/// A window manager holds it while a key is down that it was asked to watch, and gets all keys
/// meanwhile. The window that has the focus is told when that begins and ends, and raw key events
/// tell of every key: both come in the order in which they happened, on one connection.
struct X11KeyWatch {
  private let connection: X11Connection
  /// Keys that are on their way, in their order.
  private var expected: [xkb_keycode_t] = []
  /// Keys of `expected` that the server has delivered.
  private(set) var delivered = 0
  /// Delivered keys that reached the window; those after them were lost.
  private(set) var arrived = 0
  /// Whether delivered keys reached the window after others that did not.
  private(set) var isTorn = false
  /// Whether a program holds the keyboard.
  private(set) var isHeld = false

  /// Starts to watch.
  init(_ connection: X11Connection) {
    self.connection = connection
    connection.selectRaw(XCB_INPUT_XI_EVENT_MASK_RAW_KEY_PRESS)
    followFocus()
  }

  /// Looks whether a program holds the keyboard already.
  mutating func probe() {
    let cookie = xcb_grab_keyboard(
      connection.handle, 0, connection.root, xcb_timestamp_t(XCB_CURRENT_TIME),
      UInt8(XCB_GRAB_MODE_ASYNC.rawValue), UInt8(XCB_GRAB_MODE_ASYNC.rawValue))
    // Sent together with the grab: keys that anybody presses in between reach nobody.
    xcb_ungrab_keyboard(connection.handle, xcb_timestamp_t(XCB_CURRENT_TIME))
    let reply = xcb_grab_keyboard_reply(connection.handle, cookie, nil)
    let isFree = reply.map { $0.pointee.status == UInt8(XCB_GRAB_STATUS_SUCCESS.rawValue) } ?? true
    free(reply)
    // A program may have taken the keyboard since: what happened after the answer counts.
    if isFree { isHeld = false }
    update()
    if !isFree { isHeld = true }
  }

  /// Expects keys.
  mutating func expect(_ keys: [xkb_keycode_t]) {
    (expected, delivered, arrived, isTorn) = (keys, 0, 0, false)
  }

  /// Takes in what happened until now.
  mutating func update() {
    var isFocusLost = false
    connection.synchronize { isFocusLost = note($0) || isFocusLost }
    if isFocusLost { followFocus() }
  }

  /// Waits until all keys that are expected were delivered, or it must be assumed that they were.
  mutating func settle() {
    update()
    let end = ContinuousClock.now + .milliseconds(200)
    while delivered < expected.count, ContinuousClock.now < end, !connection.isBroken {
      wait(.milliseconds(20))
    }
    // A server that does not tell of its keys has taken them all the same.
    if delivered < expected.count, !isHeld { arrived = expected.count }
  }

  /// Waits for something to happen.
  mutating func wait(_ limit: Duration) {
    var isFocusLost = false
    connection.wait(limit) { isFocusLost = note($0) || isFocusLost }
    if isFocusLost { followFocus() }
  }
}

extension X11KeyWatch {
  /// Asks to be told of the focus of the window that has it now, which is the root where windows
  /// below the pointer have it.
  private func followFocus() {
    guard
      let reply = xcb_get_input_focus_reply(
        connection.handle, xcb_get_input_focus(connection.handle), nil)
    else { return }
    let window = reply.pointee.focus
    free(reply)
    let focus = window <= XCB_INPUT_FOCUS_FOLLOW_KEYBOARD.rawValue ? connection.root : window
    let mask = XCB_EVENT_MASK_FOCUS_CHANGE.rawValue
    xcb_change_window_attributes(connection.handle, focus, XCB_CW_EVENT_MASK.rawValue, [mask])
  }

  /// Notes what an event says; whether it says that another window has the focus now.
  private mutating func note(_ event: UnsafePointer<xcb_generic_event_t>) -> Bool {
    let event = UnsafeRawPointer(event)
    switch Int32(event.load(as: UInt8.self) & 0x7f) {
    case XCB_FOCUS_OUT, XCB_FOCUS_IN:
      return note(event.load(as: xcb_focus_in_event_t.self))
    case XCB_GE_GENERIC:
      let raw = event.load(as: xcb_input_raw_key_press_event_t.self)
      guard raw.extension == connection.inputExtension,
        raw.event_type == UInt16(XCB_INPUT_RAW_KEY_PRESS),
        Int32(raw.sourceid) == connection.testKeyboard, delivered < expected.count,
        raw.detail == expected[delivered]
      else { return false }
      isTorn = isTorn || !isHeld && arrived < delivered
      if !isHeld, arrived == delivered { arrived += 1 }
      delivered += 1
      return false
    default: return false
    }
  }

  private mutating func note(_ change: xcb_focus_in_event_t) -> Bool {
    let isOut = Int32(change.response_type & 0x7f) == XCB_FOCUS_OUT
    guard change.detail != UInt8(XCB_NOTIFY_DETAIL_POINTER.rawValue) else { return false }
    switch UInt32(change.mode) {
    case XCB_NOTIFY_MODE_GRAB.rawValue: isHeld = isHeld || isOut
    case XCB_NOTIFY_MODE_UNGRAB.rawValue: isHeld = isHeld && isOut
    default: return isOut
    }
    return false
  }
}
