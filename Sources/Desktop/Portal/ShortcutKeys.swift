internal import CXCB
internal import Glibc

/// Keys for a shortcut, as a program may propose them to the desktop.
package struct ShortcutKeys: Equatable, Sendable, CustomStringConvertible {
  /// Held down while the key is pressed.
  let modifiers: [Chord.Modifier]
  /// The key as X11 names it.
  let key: String

  /// Reads `super+f9`.
  ///
  /// - Throws: `.badShortcut`.
  package init(_ text: String) throws(DesktopError) {
    let words = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    modifiers = words.dropLast().compactMap { Chord.Modifier(rawValue: $0.lowercased()) }
    guard modifiers.count == words.count - 1, Set(modifiers).count == modifiers.count,
      let word = words.last, let key = Self.name(of: word)
    else { throw .badShortcut(text) }
    self.key = key
  }

  /// X11's own spelling of a key's name; nil for no key.
  private static func name(of text: String) -> String? {
    let symbol = xkb_keysym_from_name(text, XKB_KEYSYM_CASE_INSENSITIVE)
    guard symbol != 0 else { return nil }
    var name = [CChar](repeating: 0, count: 64)
    guard xkb_keysym_get_name(symbol, &name, name.count) > 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// As the portal reads it (XDG's specification of shortcuts).
  var trigger: String {
    let names = modifiers.map { $0 == .super ? "LOGO" : $0.rawValue.uppercased() }
    return (names + [key]).joined(separator: "+")
  }

  /// As it is read.
  package var description: String {
    (modifiers.map(\.rawValue) + [key.lowercased()]).joined(separator: "+")
  }
}
