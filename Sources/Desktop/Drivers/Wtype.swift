/// Typing through Wayland's virtual keyboard.
///
/// Each run is a new keyboard with a keymap made for its text, whose modifiers are its own: keys
/// that the user still holds do not change what is typed.
struct Wtype: Keystrokes {
  let session: DesktopSession
  let delay: Duration?

  /// What comes before the text, so that its first keys are not lost.
  ///
  /// Windows learn of the new keyboard and its keymap while the compositor already takes keys. The
  /// modifiers that follow the wait make the compositor pass the keymap on before the first key.
  private static let introduction = ["-s", "120", "-M", "shift", "-m", "shift"]

  /// What ends a keymap, a key that means nothing.
  ///
  /// GTK 3 finds no shortcut for the last key of a keymap. This one is only let go.
  private static let end = ["-p", "VoidSymbol"]

  /// What programs under XWayland can have in one keymap, with room to spare.
  private static let distinctKeys = 200

  func untypable(in text: KeystrokeText) -> (Set<Character>, reason: String)? { nil }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    for piece in text.pieces(distinct: Self.distinctKeys, length: KeystrokeText.portion) {
      // Return may be a shortcut: it makes a line's entry do what it is for.
      let returns = piece.reversed().prefix { $0 == "\n" }.count
      let ending = (0..<returns).flatMap { _ in ["-k", "Return"] } + Self.end
      try session.run(
        "wtype",
        Self.introduction + (delay.map { ["-d", $0.milliseconds] } ?? []) + ["-"] + ending,
        input: Array(piece.dropLast(returns).utf8), variables: unicodeLocale,
        limit: KeystrokeText.limit(piece, delay))
    }
  }

  func press(_ chord: Chord) throws(DesktopError) {
    let names = chord.modifiers.map { $0 == .super ? "logo" : $0.rawValue }
    let presses = names.flatMap { ["-M", $0] }
    let releases = names.reversed().flatMap { ["-m", $0] }
    try session.run("wtype", Self.introduction + presses + ["-k", chord.key] + releases + Self.end)
  }
}
