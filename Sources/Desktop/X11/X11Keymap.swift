internal import CXCB

/// What test keys make on an X server as it is now: with its layout, group and locks.
///
/// The map is that of the device which test keys come from: where keyboards have layouts of their
/// own, the server gives windows that map with the first test key. Group and locks are those of
/// the keyboard that windows see.
struct X11Keymap {
  /// A key, and the keys to hold with it, that make something.
  struct Stroke: Equatable {
    let key: xkb_keycode_t
    var held: [xkb_keycode_t] = []
  }

  /// The group, one of the layouts between which the user switches, that all this is about.
  let group: UInt32
  /// Groups that the server has, and the one that is chosen.
  let groups, currentGroup: UInt32
  /// How to make a character, with as few modifiers as possible.
  private(set) var strokes: [Unicode.Scalar: Stroke] = [:]
  /// Characters that a terminal may take for a command: they need Shift, and their key scrolls or
  /// pastes with other modifiers, which xterm looks for first (`W` of neo).
  private(set) var risky: Set<Unicode.Scalar> = []
  /// Keys by the symbol that they have without modifiers, such as Return.
  private(set) var keys: [xkb_keysym_t: xkb_keycode_t] = [:]
  /// Keys that make nothing.
  private(set) var emptyKeys: [xkb_keycode_t] = []
  /// Whether somebody holds a modifier that makes commands of letters.
  let isCommandHeld: Bool

  /// Reads it.
  ///
  /// - Parameters:
  ///   - connection: The server.
  ///   - group: The group; nil for the one that is chosen.
  ///   - isReleased: Whether to take modifiers for released that are held now.
  /// - Throws: `.toolFailed` where the server does not tell.
  init(
    _ connection: X11Connection, group: UInt32? = nil, released isReleased: Bool = false
  ) throws(DesktopError) {
    let context = xkb_context_new(XKB_CONTEXT_NO_FLAGS)
    let core = Self.keymap(of: connection.coreKeyboard, connection, context)
    let test = Self.keymap(of: connection.testKeyboard, connection, context)
    let now = core.flatMap {
      xkb_x11_state_new_from_device($0, connection.handle, connection.coreKeyboard)
    }
    let trial = test.flatMap { xkb_state_new($0) }
    defer {
      xkb_state_unref(trial)
      xkb_state_unref(now)
      xkb_keymap_unref(core)
      xkb_keymap_unref(test)
      xkb_context_unref(context)
    }
    guard let test, let now, let trial else {
      throw .toolFailed(name: "X server", reason: "does not tell its keymap")
    }
    let commands = [XKB_MOD_NAME_CTRL, XKB_MOD_NAME_ALT, XKB_MOD_NAME_LOGO]
    isCommandHeld = commands.contains { (name: String) in
      xkb_state_mod_name_is_active(now, name, XKB_STATE_MODS_DEPRESSED) == 1
    }
    groups = xkb_keymap_num_layouts(test)
    currentGroup = xkb_state_serialize_layout(now, XKB_STATE_LAYOUT_EFFECTIVE)
    self.group = group ?? currentGroup
    let held = isReleased ? 0 : xkb_state_serialize_mods(now, XKB_STATE_MODS_DEPRESSED)
    let locked = xkb_state_serialize_mods(now, XKB_STATE_MODS_LOCKED)
    readKeys(of: test, with: trial, held: held, locked: locked)
  }

  private mutating func readKeys(
    of keymap: OpaquePointer, with state: OpaquePointer, held: xkb_mod_mask_t,
    locked: xkb_mod_mask_t
  ) {
    let group = group
    func set(_ modifiers: xkb_mod_mask_t) {
      xkb_state_update_mask(state, held | modifiers, 0, locked, 0, 0, group)
    }
    set(0)
    let all = xkb_keymap_min_keycode(keymap)...xkb_keymap_max_keycode(keymap)
    let symbols = all.map { Self.symbols(of: $0, in: keymap) }
    emptyKeys = zip(all, symbols).filter { $1.isEmpty }.map(\.0)
    let commandKeys = Set(zip(all, symbols).filter { $1.contains(where: Self.isCommand) }.map(\.0))
    for key in all {
      let symbol = xkb_state_key_get_one_sym(state, key)
      if symbol != UInt32(XKB_KEY_NoSymbol), keys[symbol] == nil { keys[symbol] = key }
    }
    let shift = keys[UInt32(XKB_KEY_Shift_L)]
    for (modifiers, mask) in Self.combinations(of: keys, in: keymap, group: group) {
      set(mask)
      for key in all where !Self.isKeypad(xkb_state_key_get_one_sym(state, key)) {
        guard let scalar = Unicode.Scalar(xkb_state_key_get_utf32(state, key)),
          scalar.properties.generalCategory != .control
        else { continue }
        let isRisky = commandKeys.contains(key) && shift.map(modifiers.contains) == true
        guard strokes[scalar] == nil || risky.contains(scalar) && !isRisky else { continue }
        strokes[scalar] = Stroke(key: key, held: modifiers)
        if isRisky { risky.insert(scalar) } else { risky.remove(scalar) }
      }
    }
    strokes["\n"] = keys[UInt32(XKB_KEY_Return)].map { Stroke(key: $0) }
    strokes["\u{1B}"] = keys[UInt32(XKB_KEY_Escape)].map { Stroke(key: $0) }
    strokes["\t"] = keys[UInt32(XKB_KEY_Tab)].map { Stroke(key: $0) }
  }

  /// Characters of a text that no key makes, once each in their order; of a letter that is there
  /// both small and capital one.
  func missing(in text: String) -> [Unicode.Scalar] {
    unique(text) { strokes[$0] == nil }
  }

  /// Characters of a text whose keys programs may take for a command.
  func risky(in text: String) -> [Unicode.Scalar] { unique(text, where: risky.contains) }

  private func unique(
    _ text: String, where condition: (Unicode.Scalar) -> Bool
  ) -> [Unicode.Scalar] {
    var seen: Set<Unicode.Scalar> = []
    return text.unicodeScalars.filter {
      condition($0) && seen.insert(X11LentKeys.levels(of: $0)[0]).inserted
    }
  }

  private static func keymap(
    of device: Int32, _ connection: X11Connection, _ context: OpaquePointer?
  ) -> OpaquePointer? {
    context.flatMap {
      xkb_x11_keymap_new_from_device(
        $0, connection.handle, device, XKB_KEYMAP_COMPILE_NO_FLAGS)
    }
  }

  /// All that a key makes, in any group and with any modifiers.
  private static func symbols(
    of key: xkb_keycode_t, in keymap: OpaquePointer
  ) -> [xkb_keysym_t] {
    (0..<xkb_keymap_num_layouts_for_key(keymap, key)).flatMap { layout in
      (0..<xkb_keymap_num_levels_for_key(keymap, key, layout)).flatMap { level in
        var symbols: UnsafePointer<xkb_keysym_t>?
        let count = xkb_keymap_key_get_syms_by_level(keymap, key, layout, level, &symbols)
        return Array(UnsafeBufferPointer(start: symbols, count: Int(count)))
      }
    }
  }

  /// Whether a symbol stands for what xterm scrolls, pastes and zooms with.
  private static func isCommand(_ symbol: xkb_keysym_t) -> Bool {
    [
      XKB_KEY_Prior, XKB_KEY_Next, XKB_KEY_Up, XKB_KEY_Down, XKB_KEY_Insert, XKB_KEY_Select,
      XKB_KEY_KP_Add, XKB_KEY_KP_Subtract, XKB_KEY_KP_Insert,
    ]
    .contains(Int32(bitPattern: symbol))
  }

  /// Sets of the modifiers that choose among a key's characters, small ones first, each with its
  /// effect.
  private static func combinations(
    of keys: [xkb_keysym_t: xkb_keycode_t], in keymap: OpaquePointer, group: xkb_layout_index_t
  ) -> [(keys: [xkb_keycode_t], mask: xkb_mod_mask_t)] {
    let names = [XKB_KEY_Shift_L, XKB_KEY_ISO_Level3_Shift, XKB_KEY_ISO_Level5_Shift]
    let modifiers = names.compactMap { keys[UInt32($0)] }.compactMap { key in
      mask(of: key, in: keymap, group: group).map { (key, $0) }
    }
    let sets = (0..<1 << modifiers.count).map { bits in
      modifiers.indices.filter { bits & 1 << $0 != 0 }.map { modifiers[$0] }
    }
    return sets.sorted { $0.count < $1.count }.map { set in
      (set.map(\.0), set.reduce(0) { $0 | $1.1 })
    }
  }

  /// The modifiers that a key holds down.
  private static func mask(
    of key: xkb_keycode_t, in keymap: OpaquePointer, group: xkb_layout_index_t
  ) -> xkb_mod_mask_t? {
    guard let state = xkb_state_new(keymap) else { return nil }
    defer { xkb_state_unref(state) }
    xkb_state_update_mask(state, 0, 0, 0, 0, 0, group)
    xkb_state_update_key(state, key, XKB_KEY_DOWN)
    return xkb_state_serialize_mods(state, XKB_STATE_MODS_DEPRESSED)
  }

  /// Keys of the number pad mean other things to some programs.
  private static func isKeypad(_ symbol: xkb_keysym_t) -> Bool {
    (UInt32(XKB_KEY_KP_Space)...UInt32(XKB_KEY_KP_Equal)).contains(symbol)
  }
}
