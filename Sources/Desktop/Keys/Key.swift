/// A key as the kernel numbers it (`linux/input-event-codes.h`).
package struct Key: Equatable, Sendable {
  /// Its number.
  package let code: UInt16

  /// Reads a name such as `KEY_RIGHTCTRL` or `rightctrl`, or a number; a single digit is
  /// the key with that digit.
  ///
  /// - Throws: `.unknownKey` with the name that is spelt most like it.
  package init(_ text: String) throws(DesktopError) {
    let name = text.uppercased()
    if let code = Self.codes[name] ?? Self.codes["KEY_\(name)"] {
      self.code = code
      return
    }
    if let code = UInt16(text), (1..<Self.count).contains(Int(code)) {
      self.code = code
      return
    }
    let nearest = Self.codes.keys.sorted()
      .map { ($0, min(name.distance(to: $0), "KEY_\(name)".distance(to: $0))) }
      .min { $0.1 < $1.1 }
    throw .unknownKey(name: text, nearest: nearest?.0 ?? "KEY_RIGHTCTRL")
  }

  /// More than any key's number.
  static let count = 0x300

  /// Numbers by name.
  static let codes: [String: UInt16] = {
    var codes: [String: UInt16] = [:]
    for (first, names) in runs {
      for (offset, name) in names.split(whereSeparator: \.isWhitespace).enumerated() {
        let code = first + UInt16(offset)
        codes[name.hasPrefix("BTN_") ? String(name) : "KEY_\(name)"] = code
      }
    }
    return codes
  }()

  /// Names one after the other, from the first one's number.
  private static let runs: [(UInt16, String)] = [
    (1, "ESC 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL BACKSPACE TAB Q W E R T Y U I O P LEFTBRACE"),
    (27, "RIGHTBRACE ENTER LEFTCTRL A S D F G H J K L SEMICOLON APOSTROPHE GRAVE LEFTSHIFT"),
    (43, "BACKSLASH Z X C V B N M COMMA DOT SLASH RIGHTSHIFT KPASTERISK LEFTALT SPACE CAPSLOCK"),
    (59, "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NUMLOCK SCROLLLOCK KP7 KP8 KP9 KPMINUS KP4 KP5 KP6"),
    (78, "KPPLUS KP1 KP2 KP3 KP0 KPDOT"),
    (86, "102ND F11 F12 RO KATAKANA HIRAGANA HENKAN KATAKANAHIRAGANA MUHENKAN KPJPCOMMA KPENTER"),
    (97, "RIGHTCTRL KPSLASH SYSRQ RIGHTALT LINEFEED HOME UP PAGEUP LEFT RIGHT END DOWN PAGEDOWN"),
    (110, "INSERT DELETE MACRO MUTE VOLUMEDOWN VOLUMEUP POWER KPEQUAL KPPLUSMINUS PAUSE SCALE"),
    (121, "KPCOMMA HANGEUL HANJA YEN LEFTMETA RIGHTMETA COMPOSE STOP"),
    (138, "HELP MENU CALC"),
    (163, "NEXTSONG PLAYPAUSE PREVIOUSSONG STOPCD RECORD"),
    (183, "F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24"),
    (248, "MICMUTE"),
    (0x110, "BTN_LEFT BTN_RIGHT BTN_MIDDLE BTN_SIDE BTN_EXTRA BTN_FORWARD BTN_BACK"),
    (0x1d0, "FN"),
    (0x246, "VOICECOMMAND"),
    (0x24a, "DICTATE"),
  ]
}

extension String {
  /// How many letters must be put in, taken out or replaced to make the other text.
  fileprivate func distance(to other: String) -> Int {
    let other = Array(other.utf8)
    var row = Array(0...other.count)
    for (line, letter) in utf8.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in other.indices {
        let replaced = diagonal + (letter == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
