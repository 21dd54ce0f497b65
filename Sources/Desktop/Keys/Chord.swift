/// Keys that are pressed together, the modifiers first.
package struct Chord: Equatable, Sendable, CustomStringConvertible {
  /// A key that changes what others do.
  package enum Modifier: String, CaseIterable, Sendable {
    /// The key of the same name.
    case ctrl, shift, alt, `super`
  }

  /// Held down while the key is pressed.
  package let modifiers: [Modifier]
  /// A letter, a digit or `Insert`, as X11 names it.
  package let key: String

  /// What most windows take for paste.
  package static let paste = Chord(modifiers: [.ctrl], key: "v")

  init(modifiers: [Modifier], key: String) {
    self.modifiers = modifiers
    self.key = key
  }

  /// Reads `ctrl+shift+v`.
  ///
  /// - Throws: `.badChord`.
  package init(_ text: String) throws(DesktopError) {
    let words = text.lowercased().split(separator: "+", omittingEmptySubsequences: false)
      .map(String.init)
    let modifiers = words.dropLast().compactMap(Modifier.init)
    guard modifiers.count == words.count - 1, Set(modifiers).count == modifiers.count,
      let key = words.last, key == "insert" || key.wholeMatch(of: /[a-z0-9]/) != nil
    else { throw .badChord(text) }
    self.init(modifiers: modifiers, key: key == "insert" ? "Insert" : key)
  }

  /// As it is read.
  package var description: String {
    (modifiers.map(\.rawValue) + [key.lowercased()]).joined(separator: "+")
  }

  /// The kernel's numbers of its keys, the modifiers first.
  var codes: [UInt16] {
    let names = modifiers.map { $0 == .super ? "LEFTMETA" : "LEFT\($0.rawValue.uppercased())" }
    return (names + [key.uppercased()]).compactMap { Key.codes["KEY_\($0)"] }
  }
}
