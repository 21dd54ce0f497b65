internal import CXCB
internal import Glibc

/// Names that an X server has numbers for.
final class X11Atoms {
  private let connection: X11Connection
  private var numbers: [String: xcb_atom_t] = [:]
  private var names: [xcb_atom_t: String] = [:]

  init(_ connection: X11Connection) { self.connection = connection }

  /// A name's number; 0 where the server has no more.
  func number(_ name: String) -> xcb_atom_t {
    if let number = numbers[name] { return number }
    let cookie = xcb_intern_atom(connection.handle, 0, UInt16(clamping: name.utf8.count), name)
    guard let reply = xcb_intern_atom_reply(connection.handle, cookie, nil) else { return 0 }
    defer { free(reply) }
    numbers[name] = reply.pointee.atom
    return reply.pointee.atom
  }

  /// A number's name; nil where there is none.
  func name(_ number: xcb_atom_t) -> String? {
    if let name = names[number] { return name }
    let cookie = xcb_get_atom_name(connection.handle, number)
    guard let reply = xcb_get_atom_name_reply(connection.handle, cookie, nil) else { return nil }
    defer { free(reply) }
    let bytes = UnsafeRawBufferPointer(
      start: xcb_get_atom_name_name(reply), count: Int(xcb_get_atom_name_name_length(reply)))
    let name = String(decoding: bytes, as: UTF8.self)
    names[number] = name
    return name
  }
}

/// A property of a window.
struct X11Property {
  let kind: xcb_atom_t
  let format: UInt8
  var bytes: [UInt8]

  /// Its numbers, where it is made of such.
  var numbers: [UInt32] {
    format == 32
      ? bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) } : []
  }

  /// Units that the server reads at once: four bytes each.
  private static let portion: UInt32 = 1 << 16

  /// Reads one; nil where there is none.
  ///
  /// - Parameters:
  ///   - name: Which.
  ///   - window: Whose.
  ///   - connection: The server.
  ///   - isDeleted: Whether to delete it once it is read, which tells the sender to go on.
  init?(
    _ name: xcb_atom_t, of window: xcb_window_t, _ connection: X11Connection,
    deleting isDeleted: Bool = false
  ) {
    var found: X11Property?
    var offset: UInt32 = 0
    while true {
      let cookie = xcb_get_property(
        connection.handle, isDeleted ? 1 : 0, window, name, XCB_ATOM_NONE.rawValue, offset,
        Self.portion)
      guard let reply = xcb_get_property_reply(connection.handle, cookie, nil) else { return nil }
      defer { free(reply) }
      guard reply.pointee.type != XCB_ATOM_NONE.rawValue else { return nil }
      let part = UnsafeRawBufferPointer(
        start: xcb_get_property_value(reply), count: Int(xcb_get_property_value_length(reply)))
      var property =
        found ?? X11Property(kind: reply.pointee.type, format: reply.pointee.format, bytes: [])
      property.bytes += part
      found = property
      guard reply.pointee.bytes_after > 0 else { break }
      offset += Self.portion
    }
    guard let found else { return nil }
    self = found
  }

  private init(kind: xcb_atom_t, format: UInt8, bytes: [UInt8]) {
    (self.kind, self.format, self.bytes) = (kind, format, bytes)
  }
}
