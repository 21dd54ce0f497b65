internal import CXCB
internal import Glibc

/// Keys without a meaning that are given to characters which no key has.
///
/// They keep their character when the text is typed: a window may look at the keymap a moment
/// after its key. A property of the root window remembers them, for later texts and other programs.
struct X11LentKeys {
  /// A key and the character that it was given.
  private struct Loan {
    let key: xkb_keycode_t
    let scalar: Unicode.Scalar
  }

  private let connection: X11Connection
  private var loans: [Loan]

  private static let property = "_UTTER_LENT_KEYS"

  /// Reads which keys are lent.
  ///
  /// - Parameters:
  ///   - connection: The server.
  ///   - keymap: Its keymap: what another program changed since is no loan any more.
  init(_ connection: X11Connection, _ keymap: X11Keymap) {
    self.connection = connection
    loans = Self.stored(connection).filter { keymap.strokes[$0.scalar]?.key == $0.key }
  }

  /// Keys that could be given to a text's characters.
  func spare(for text: String, in keymap: X11Keymap) -> [xkb_keycode_t] {
    let needed = Set(text.unicodeScalars)
    let others = loans.filter { Self.levels(of: $0.scalar).allSatisfy { !needed.contains($0) } }
    return keymap.emptyKeys + others.map(\.key)
  }

  /// Gives keys to characters, all at once.
  ///
  /// - Parameter pairs: Each key with its character.
  mutating func lend(_ pairs: [(key: xkb_keycode_t, scalar: Unicode.Scalar)]) {
    for (key, scalar) in pairs {
      // For two groups; the server takes them for others too.
      let levels = Self.levels(of: scalar)
      let symbols = (levels + levels).map { xkb_utf32_to_keysym($0.value) }
      xcb_change_keyboard_mapping(
        connection.handle, 1, xcb_keycode_t(key), UInt8(symbols.count), symbols)
    }
    let keys = Set(pairs.map(\.key))
    loans = loans.filter { !keys.contains($0.key) } + pairs.map(Loan.init)
    store()
  }

  /// What a lent key makes without and with Shift: small and capital letter, so that Caps Lock does
  /// with them what it does with others.
  static func levels(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let capital = scalar.properties.uppercaseMapping.unicodeScalars
    let small = scalar.properties.lowercaseMapping.unicodeScalars
    guard capital.count == 1, small.count == 1, let low = small.first, let high = capital.first
    else { return [scalar, scalar] }
    return [low, high]
  }

  private func store() {
    let values = loans.flatMap { [$0.key, $0.scalar.value] }
    xcb_change_property(
      connection.handle, UInt8(XCB_PROP_MODE_REPLACE.rawValue), connection.root,
      Self.atom(connection), XCB_ATOM_CARDINAL.rawValue, 32, UInt32(values.count), values)
  }

  private static func stored(_ connection: X11Connection) -> [Loan] {
    let cookie = xcb_get_property(
      connection.handle, 0, connection.root, atom(connection), XCB_ATOM_CARDINAL.rawValue, 0, 1024)
    guard let reply = xcb_get_property_reply(connection.handle, cookie, nil) else { return [] }
    defer { free(reply) }
    guard reply.pointee.format == 32, let start = xcb_get_property_value(reply) else { return [] }
    let values = UnsafeRawBufferPointer(
      start: start, count: Int(xcb_get_property_value_length(reply)))
    return (0..<values.count / 8).compactMap { index in
      let key = values.loadUnaligned(fromByteOffset: 8 * index, as: UInt32.self)
      let value = values.loadUnaligned(fromByteOffset: 8 * index + 4, as: UInt32.self)
      return Unicode.Scalar(value).map { Loan(key: key, scalar: $0) }
    }
  }

  private static func atom(_ connection: X11Connection) -> xcb_atom_t {
    let cookie = xcb_intern_atom(connection.handle, 0, UInt16(property.utf8.count), property)
    guard let reply = xcb_intern_atom_reply(connection.handle, cookie, nil) else { return 0 }
    defer { free(reply) }
    return reply.pointee.atom
  }
}
