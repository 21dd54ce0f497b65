internal import CXCB
internal import Glibc

extension FocusedWindow {
  /// The window that has the focus on an X server, or the one below the pointer where that has it.
  init?(onX11 session: DesktopSession) {
    let display = session.environment["DISPLAY", default: ""]
    guard let connection = try? X11Connection(display: display) else { return nil }
    let atoms = X11Atoms(connection)
    guard let focus = Self.focus(connection) else { return nil }
    var names: [String] = []
    var process: Int32?
    var window = focus
    // A window within another has the focus of some programs.
    while window != connection.root, names.isEmpty {
      if let name = X11Property(XCB_ATOM_WM_CLASS.rawValue, of: window, connection) {
        names = name.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      }
      if process == nil {
        process = X11Property(atoms.number("_NET_WM_PID"), of: window, connection)?.numbers.first
          .flatMap { Int32(exactly: $0) }
      }
      guard let parent = Self.parent(of: window, connection) else { break }
      window = parent
    }
    self.init(names: names, process: process)
    x11Program = connection.program(of: focus)
  }

  private static func focus(_ connection: X11Connection) -> xcb_window_t? {
    let cookie = xcb_get_input_focus(connection.handle)
    guard let reply = xcb_get_input_focus_reply(connection.handle, cookie, nil) else { return nil }
    defer { free(reply) }
    switch reply.pointee.focus {
    case XCB_INPUT_FOCUS_NONE.rawValue: return nil
    case XCB_INPUT_FOCUS_POINTER_ROOT.rawValue, connection.root: return belowPointer(connection)
    case let window: return window
    }
  }

  /// The innermost window below the pointer.
  private static func belowPointer(_ connection: X11Connection) -> xcb_window_t? {
    var window = connection.root
    while true {
      let cookie = xcb_query_pointer(connection.handle, window)
      guard let reply = xcb_query_pointer_reply(connection.handle, cookie, nil) else { return nil }
      defer { free(reply) }
      guard reply.pointee.child != XCB_WINDOW_NONE.rawValue else { break }
      window = reply.pointee.child
    }
    return window == connection.root ? nil : window
  }

  private static func parent(
    of window: xcb_window_t, _ connection: X11Connection
  ) -> xcb_window_t? {
    let cookie = xcb_query_tree(connection.handle, window)
    guard let reply = xcb_query_tree_reply(connection.handle, cookie, nil) else { return nil }
    defer { free(reply) }
    return reply.pointee.parent
  }
}
