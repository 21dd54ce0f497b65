internal import CXCB

/// Keys as Qt counts them, and Plasma with it: a key in the lower bits, modifiers in the upper.
struct QtKeys: Equatable, CustomStringConvertible {
  let number: Int32

  /// What other programs gave.
  init(number: Int32) { self.number = number }

  /// Keys that a program proposes; nil for some that Qt does not know.
  init?(_ keys: ShortcutKeys) {
    guard let key = Self.key(named: keys.key) else { return nil }
    let modifiers = Self.modifiers.filter { keys.modifiers.contains($0.modifier) }
    number = modifiers.reduce(key) { $0 | $1.bit }
  }

  /// As Plasma writes them.
  var description: String {
    let held = Self.modifiers.filter { number & $0.bit != 0 }.map(\.name)
    let key = number & Self.keyBits
    let name: String
    if Self.functions.contains(key) {
      name = "F\(key - Self.functions.lowerBound + 1)"
    } else if let special = Self.specials.first(where: { $0.number == key }) {
      name = special.name
    } else {
      name = Unicode.Scalar(UInt32(key)).map(String.init) ?? "key \(key)"
    }
    return (held + [name]).joined(separator: "+")
  }

  private static func key(named name: String) -> Int32? {
    if let special = specials.first(where: { $0.x11 == name }) { return special.number }
    if name.first == "F", let number = Int32(name.dropFirst()), (1...35).contains(number) {
      return functions.lowerBound + number - 1
    }
    let symbol = xkb_keysym_from_name(name, XKB_KEYSYM_NO_FLAGS)
    guard let scalar = Unicode.Scalar(xkb_keysym_to_utf32(symbol)), scalar.value > 0x20 else {
      return nil
    }
    let upper = String(scalar).uppercased().unicodeScalars
    return upper.count == 1 ? upper.first.map { Int32($0.value) } : nil
  }

  private static let keyBits: Int32 = 0x01FF_FFFF
  private static let functions: ClosedRange<Int32> = 0x0100_0030...0x0100_0052

  /// In the order in which Qt writes them.
  private static let modifiers: [(modifier: Chord.Modifier, name: String, bit: Int32)] = [
    (.super, "Meta", 0x1000_0000), (.ctrl, "Ctrl", 0x0400_0000), (.alt, "Alt", 0x0800_0000),
    (.shift, "Shift", 0x0200_0000),
  ]

  private static let specials: [(x11: String, name: String, number: Int32)] = [
    ("Escape", "Esc", 0x0100_0000), ("Tab", "Tab", 0x0100_0001),
    ("BackSpace", "Backspace", 0x0100_0003), ("Return", "Return", 0x0100_0004),
    ("KP_Enter", "Enter", 0x0100_0005), ("Insert", "Ins", 0x0100_0006),
    ("Delete", "Del", 0x0100_0007), ("Pause", "Pause", 0x0100_0008),
    ("Print", "Print", 0x0100_0009), ("Home", "Home", 0x0100_0010), ("End", "End", 0x0100_0011),
    ("Left", "Left", 0x0100_0012), ("Up", "Up", 0x0100_0013), ("Right", "Right", 0x0100_0014),
    ("Down", "Down", 0x0100_0015), ("Prior", "PgUp", 0x0100_0016), ("Next", "PgDown", 0x0100_0017),
    ("Scroll_Lock", "ScrollLock", 0x0100_0026), ("Menu", "Menu", 0x0100_0055),
    ("space", "Space", 0x20),
  ]
}
