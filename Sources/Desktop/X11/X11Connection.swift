internal import CXCB
internal import Glibc

/// A connection to an X server, with the extensions that typing needs.
final class X11Connection {
  let handle: OpaquePointer
  /// The root window of the default screen.
  let root: xcb_window_t
  /// Devices of the keyboard: the one that windows see, and the one that test keys come from.
  let coreKeyboard, testKeyboard: Int32
  /// Number of the extension that raw key events come from.
  let inputExtension: UInt8

  /// Connects.
  ///
  /// - Parameter display: As in the variable `DISPLAY`.
  /// - Throws: `.noDisplay` where no server answers, `.displayLacks` where it is too old.
  init(display: String) throws(DesktopError) {
    var screen: Int32 = 0
    let handle = xcb_connect(display, &screen)
    guard let handle, xcb_connection_has_error(handle) == 0 else {
      xcb_disconnect(handle)
      throw .noDisplay(variable: "DISPLAY", value: display)
    }
    do throws(DesktopError) {
      root = try Self.root(of: handle, screen: screen, display: display)
      inputExtension = try Self.startInput(handle, display: display)
      guard let test = cxcb_test_extension(handle), test.pointee.present != 0,
        xkb_x11_setup_xkb_extension(
          handle, UInt16(XKB_X11_MIN_MAJOR_XKB_VERSION), UInt16(XKB_X11_MIN_MINOR_XKB_VERSION),
          XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nil, nil, nil, nil) == 1
      else { throw .displayLacks(value: display, extension: "XTEST or XKEYBOARD") }
      coreKeyboard = xkb_x11_get_core_keyboard_device_id(handle)
      testKeyboard = Self.testKeyboard(handle, attachedTo: coreKeyboard) ?? coreKeyboard
      self.handle = handle
    } catch {
      xcb_disconnect(handle)
      throw error
    }
  }

  deinit { xcb_disconnect(handle) }

  /// Readable when something happens.
  var descriptor: Int32 { xcb_get_file_descriptor(handle) }

  /// Whether the server is there no more.
  var isBroken: Bool { xcb_connection_has_error(handle) != 0 }

  /// Waits until the server has done all that it was asked, and hands out what happened meanwhile.
  ///
  /// Events that came before the answer are in the queue when the answer is.
  func synchronize(_ body: (UnsafePointer<xcb_generic_event_t>) -> Void) {
    free(xcb_get_input_focus_reply(handle, xcb_get_input_focus(handle), nil))
    drain(body)
  }

  /// Waits for something to happen, at most so long.
  func wait(_ limit: Duration, _ body: (UnsafePointer<xcb_generic_event_t>) -> Void) {
    waitForBytes(limit)
    drain(body)
  }

  /// Sends what was asked for, and waits for bytes of the server, at most so long.
  func waitForBytes(_ limit: Duration) {
    xcb_flush(handle)
    var descriptor = pollfd(fd: xcb_get_file_descriptor(handle), events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, Int32(min(max(limit / .milliseconds(1), 0).rounded(.up), 60_000)))
  }

  /// Hands out what happened, until the body has what it wants.
  ///
  /// - Parameter body: Returns true for that, and gets no more.
  func take(_ body: (UnsafePointer<xcb_generic_event_t>) -> Bool) {
    while let event = xcb_poll_for_event(handle) {
      defer { free(event) }
      if body(event) { return }
    }
  }

  private func drain(_ body: (UnsafePointer<xcb_generic_event_t>) -> Void) {
    while let event = xcb_poll_for_event(handle) {
      body(event)
      free(event)
    }
  }

  private static func root(
    of handle: OpaquePointer, screen: Int32, display: String
  ) throws(DesktopError) -> xcb_window_t {
    var screens = xcb_setup_roots_iterator(xcb_get_setup(handle))
    for _ in 0..<screen where screens.rem > 1 { xcb_screen_next(&screens) }
    guard screens.rem > 0, let first = screens.data else {
      throw .noDisplay(variable: "DISPLAY", value: display)
    }
    return first.pointee.root
  }

  /// Asks for version 2.1 of the input extension: older ones hide keys from others during a grab.
  private static func startInput(
    _ handle: OpaquePointer, display: String
  ) throws(DesktopError) -> UInt8 {
    let data = cxcb_input_extension(handle)
    guard let data, data.pointee.present != 0,
      let version = xcb_input_xi_query_version_reply(
        handle, xcb_input_xi_query_version(handle, 2, 1), nil)
    else { throw .displayLacks(value: display, extension: "XInputExtension") }
    defer { free(version) }
    guard (version.pointee.major_version, version.pointee.minor_version) >= (2, 1) else {
      throw .displayLacks(value: display, extension: "XInputExtension 2.1")
    }
    return data.pointee.major_opcode
  }

  /// The device behind test keys.
  private static func testKeyboard(
    _ handle: OpaquePointer, attachedTo core: Int32
  ) -> Int32? {
    let all = xcb_input_device_id_t(XCB_INPUT_DEVICE_ALL.rawValue)
    guard
      let reply = xcb_input_xi_query_device_reply(
        handle, xcb_input_xi_query_device(handle, all), nil)
    else { return nil }
    defer { free(reply) }
    var devices = xcb_input_xi_query_device_infos_iterator(reply)
    while devices.rem > 0, let info = devices.data {
      let length = Int(xcb_input_xi_device_info_name_length(info))
      let name = xcb_input_xi_device_info_name(info).map {
        String(decoding: UnsafeRawBufferPointer(start: $0, count: length), as: UTF8.self)
      }
      let isKeyboard = info.pointee.type == UInt16(XCB_INPUT_DEVICE_TYPE_SLAVE_KEYBOARD.rawValue)
      if isKeyboard, Int32(info.pointee.attachment) == core, name?.contains("XTEST") == true {
        return Int32(info.pointee.deviceid)
      }
      xcb_input_xi_device_info_next(&devices)
    }
    return nil
  }
}
