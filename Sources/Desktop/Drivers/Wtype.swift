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

  /// What programs under XWayland can have in one keymap, with room to spare.
  private static let distinctKeys = 200

  func untypable(in text: KeystrokeText) -> (Set<Character>, reason: String)? { nil }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    for piece in text.pieces(distinct: Self.distinctKeys) {
      try session.run(
        "wtype", Self.introduction + (delay.map { ["-d", $0.milliseconds] } ?? []) + ["-"],
        input: Array(piece.utf8), variables: unicodeLocale, limit: text.limit(delay))
    }
  }

  func press(_ chord: Chord) throws(DesktopError) {
    let names = chord.modifiers.map { $0 == .super ? "logo" : $0.rawValue }
    let presses = names.flatMap { ["-M", $0] }
    let releases = names.reversed().flatMap { ["-m", $0] }
    try session.run("wtype", Self.introduction + presses + ["-k", chord.key] + releases)
  }
}
