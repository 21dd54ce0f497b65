/// What the keys of an X11 server make, as `xmodmap -pke` prints it.
package struct X11Keymap {
  /// Whether the server's own table was read.
  let isKnown: Bool
  /// Keys that are modifiers.
  package let modifiers: [Int]
  /// Characters that keys have.
  private var characters: Set<Unicode.Scalar> = []
  /// Keys that make nothing.
  private var empty: [Int] = []
  /// Keys that an earlier text was given.
  private var lent: [(code: Int, character: Unicode.Scalar)] = []

  /// A keymap of which nothing is known: ASCII, and no key to spare.
  init() {
    isKnown = false
    modifiers = []
    characters = Set((0x20..<0x7f).compactMap(Unicode.Scalar.init))
  }

  /// Reads what xmodmap prints; lines that are no such are passed over.
  ///
  /// - Parameters:
  ///   - table: Lines such as `keycode  24 = q Q q Q`.
  ///   - modifiers: Lines such as `shift  Shift_L (0x32),  Shift_R (0x3e)`.
  package init(table: String, modifiers: String) {
    isKnown = true
    let codes = modifiers.matches(of: /\(0x([0-9a-f]{1,2})\)/).compactMap { Int($0.1, radix: 16) }
    self.modifiers = codes
    for line in table.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard words.count >= 3, words[0] == "keycode", let code = Int(words[1]), words[2] == "=",
        !codes.contains(code)
      else { continue }
      let symbols = words.dropFirst(3)
      let found = symbols.compactMap { X11Symbols.character(named: $0) }
      if symbols.isEmpty {
        empty.append(code)
      } else if symbols.count >= 4, found.count == symbols.count, Set(symbols).count == 1,
        found[0].value >= 0x80
      {
        lent.append((code, found[0]))
      } else {
        characters.formUnion(found)
      }
    }
  }

  /// Characters of a text that no key has, once each in their order.
  package func missing(in text: String) -> [Unicode.Scalar] {
    var seen = characters.union(["\n", "\t"]).union(lent.map(\.character))
    return text.unicodeScalars.filter { seen.insert($0).inserted }
  }

  /// Keys that can be given to a text's characters, those that never made anything first.
  package func spare(for text: String) -> [Int] {
    empty + lent.filter { !text.unicodeScalars.contains($0.character) }.map(\.code)
  }

  /// What to tell xmodmap so that the text's characters have keys; empty where they have.
  package func bindings(for text: String) -> String {
    zip(spare(for: text), missing(in: text)).map { code, scalar in
      let name =
        "U" + String(repeating: "0", count: max(0, 4 - scalar.hexadecimal.count))
        + scalar.hexadecimal
      return "keycode \(code) = \(name) \(name) \(name) \(name)\n"
    }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var hexadecimal: String { String(value, radix: 16, uppercase: true) }
}
