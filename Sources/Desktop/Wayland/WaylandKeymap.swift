/// A keymap made for a text: each character has a key of its own, and needs no modifier.
struct WaylandKeymap {
  /// The kernel's numbers of the keys.
  private(set) var keys: [Unicode.Scalar: UInt32] = [:]

  /// Different characters that there are keys for: programs under XWayland know no more, and this
  /// leaves room.
  static let size = 200

  /// Keys that are themselves, lest a program that looks at numbers take another one for them.
  private static let special: [Unicode.Scalar: (key: UInt32, name: String)] = [
    "\n": (28, "Return"), "\t": (15, "Tab"), "\u{1B}": (1, "Escape"),
  ]
  /// First those of letters, digits and signs; then those that keyboards hardly have.
  private static let codes: [UInt32] =
    [2...13, 16...27, 30...41, 43...53, 57...57, 71...86, 89...95, 117...119, 121...246]
    .flatMap(\.self)

  /// The last one, which means nothing: GTK 3 finds no shortcut for the last key of a keymap, such
  /// as Return in a line's entry.
  private static let last: (key: UInt32, name: String) = (247, "VoidSymbol")

  /// Keys that are known by a name.
  private var names: [(key: UInt32, name: String)] = []

  /// Gives keys to the characters of a text, which are at most `size`.
  init(for text: String) {
    var free = Self.codes.makeIterator()
    for scalar in text.unicodeScalars where keys[scalar] == nil {
      keys[scalar] = Self.special[scalar]?.key ?? free.next()
    }
  }

  /// The keymap of one key, which X11 calls by this name.
  init(named name: String) { names = [(Self.named, name)] }

  /// That one key.
  static let named: UInt32 = 30

  /// As libxkbcommon reads it; X11 counts keys from 8 on.
  var text: String {
    let symbols =
      names
      + keys.sorted { $0.value < $1.value }.map { scalar, key in
        (key, Self.special[scalar]?.name ?? "U\(String(scalar.value, radix: 16))")
      } + [Self.last]
    let codes = symbols.map { "<K\($0.key)> = \($0.key + 8);" }
    let meanings = symbols.map { "key <K\($0.key)> { [ \($0.name) ] };" }
    return """
      xkb_keymap {
      xkb_keycodes { minimum = 8; maximum = 255; \(codes.joined(separator: " ")) };
      xkb_types { include "complete" };
      xkb_compatibility { include "complete" };
      xkb_symbols { \(meanings.joined(separator: " ")) };
      };

      """
  }
}
