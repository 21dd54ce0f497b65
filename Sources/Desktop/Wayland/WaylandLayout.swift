internal import CXCB
internal import Glibc
internal import System

/// What the keyboard of a Wayland session can make, as the compositor tells every program.
struct WaylandLayout {
  /// Characters that a key makes, alone or with Shift, in each layout of the keyboard; none where
  /// nothing is known.
  ///
  /// The desktop does not tell which layout counts.
  private(set) var characters: Set<Unicode.Scalar> = []
  /// Why others are not among them.
  private(set) var limits = "the desktop does not tell the keyboard's layout"

  /// Asks the compositor.
  ///
  /// - Throws: `.noDisplay`.
  init(_ session: DesktopSession) throws(DesktopError) {
    let connection = try WaylandConnection(session)
    // To ask for a keyboard that there is not is an error.
    guard let seat = WaylandGlobals(connection).bind("wl_seat"), connection.hasKeyboard(seat) else {
      return
    }
    let keyboard = connection.newObject()
    connection.send(WaylandRequest(seat, 1).adding(keyboard))
    var size = 0
    connection.synchronize { event in
      guard event.object == keyboard, event.operation == 0 else { return }
      var arguments = event.reader
      // Only xkb's format has a name.
      if arguments.number() == 1 { size = Int(arguments.number()) }
    }
    guard size > 0, let file = connection.takeDescriptor() else { return }
    read(file, size)
  }

  private mutating func read(_ file: borrowing FileDescriptor, _ size: Int) {
    var text = [CChar](repeating: 0, count: min(size, 1 << 20) + 1)
    let count = text.withUnsafeMutableBytes { bytes in
      try? file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes.dropLast()), at: 0)
    }
    let context = xkb_context_new(XKB_CONTEXT_NO_FLAGS)
    defer { xkb_context_unref(context) }
    guard let count, count > 0, let context,
      let keymap = xkb_keymap_new_from_string(
        context, text, XKB_KEYMAP_FORMAT_TEXT_V1, XKB_KEYMAP_COMPILE_NO_FLAGS)
    else { return }
    defer { xkb_keymap_unref(keymap) }
    let layouts = (0..<xkb_keymap_num_layouts(keymap)).map { Self.characters(of: keymap, $0) }
    characters = layouts.dropFirst().reduce(layouts.first ?? []) { $0.intersection($1) }
    limits =
      layouts.count > 1
      ? "not every layout of the keyboard has a key for that"
      : "the keyboard's layout has no key for that"
  }

  /// Characters that the keys of one layout make.
  private static func characters(
    of keymap: OpaquePointer, _ layout: xkb_layout_index_t
  ) -> Set<Unicode.Scalar> {
    var characters: Set<Unicode.Scalar> = []
    for key in xkb_keymap_min_keycode(keymap)...xkb_keymap_max_keycode(keymap) {
      for level in 0..<min(2, xkb_keymap_num_levels_for_key(keymap, key, layout)) {
        var symbols: UnsafePointer<xkb_keysym_t>?
        let count = xkb_keymap_key_get_syms_by_level(keymap, key, layout, level, &symbols)
        guard count == 1, let symbol = symbols?.pointee,
          let scalar = Unicode.Scalar(xkb_keysym_to_utf32(symbol)), scalar.value >= 0x20,
          // A keypad's keys and others that look the same are no keys for text.
          xkb_utf32_to_keysym(scalar.value) == symbol
        else { continue }
        characters.insert(scalar)
      }
    }
    return characters
  }
}
