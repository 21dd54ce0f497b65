import Desktop
import TestSupport
import Testing

@Suite struct KeystrokeTextTests {
  @Test func lineEndsBecomeOneKind() {
    #expect(KeystrokeText("a\r\nb\rc\nd\u{2028}e\u{2029}f\u{85}g").text == "a\nb\nc\nd\ne\nf\ng")
    #expect(KeystrokeText("\r\n\r\n\n\r").text == "\n\n\n\n")
  }

  /// Escape sequences are commands to a terminal.
  @Test func controlCharactersAreLeftOut() {
    #expect(KeystrokeText("\u{1B}[201~\u{0}a\tb\u{7F}\u{9B}\u{3}").text == "[201~a\tb")
  }

  @Test func piecesHoldSoManyCharactersAndAllOfTheText() {
    var generator = Seeded(7)
    for _ in 0..<50 {
      let scalars = (0..<300).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0x4e00..<0x4f00, using: &generator))
      }
      let text = KeystrokeText(String(String.UnicodeScalarView(scalars)))
      let pieces = text.pieces(distinct: 40)
      #expect(pieces.joined() == text.text)
      #expect(pieces.allSatisfy { Set($0.unicodeScalars).count <= 40 })
      #expect(pieces.dropLast().allSatisfy { Set($0.unicodeScalars).count == 40 })
    }
    #expect(KeystrokeText("").pieces(distinct: 40).isEmpty)
  }
}

@Suite struct X11KeymapTests {
  private static let table = """
    keycode   8 =
    keycode   9 = Escape NoSymbol Escape
    keycode  10 = 1 exclam 1 exclam
    keycode  22 = BackSpace BackSpace BackSpace BackSpace
    keycode  24 = q Q q Q at Greek_OMEGA at
    keycode  34 = udiaeresis Udiaeresis udiaeresis Udiaeresis
    keycode  93 =
    keycode 204 =
    keycode  94 = U201E U201E U201E U201E
    keycode 129 = KP_Decimal KP_Decimal KP_Decimal KP_Decimal
    keycode 120 = U0001F600 U0001F600 U0001F600 U0001F600
    nonsense
    keycode x = a
    """
  private static let modifiers = """
    xmodmap:  up to 4 keys per modifier, (keycodes in parentheses):

    shift       Shift_L (0x32),  Shift_R (0x3e)
    lock
    mod1        Alt_L (0xcc)
    """

  @Test func knowsWhatKeysHave() {
    let keymap = X11Keymap(table: Self.table, modifiers: Self.modifiers)
    #expect(keymap.missing(in: "qQ1!@üÜ„\n\t").isEmpty)
    #expect(keymap.missing(in: "a€q€") == ["a", "€"])
  }

  /// A backspace that types a letter would be worse than a letter that is not typed.
  @Test func givesAwayOnlyKeysThatMakeNothing() {
    let keymap = X11Keymap(table: Self.table, modifiers: Self.modifiers)
    #expect(keymap.spare(for: "x") == [8, 93, 94, 120])
    #expect(keymap.spare(for: "„x") == [8, 93, 120])
    #expect(keymap.modifiers == [50, 62, 204])
    #expect(
      keymap.bindings(for: "€😀🎉„q") == """
        keycode 8 = U20AC U20AC U20AC U20AC
        keycode 93 = U1F389 U1F389 U1F389 U1F389

        """)
    #expect(keymap.bindings(for: "q!").isEmpty)
  }

  @Test func anyTableIsRead() {
    var generator = Seeded(11)
    let parts = [
      "keycode", " ", "=", "U", "(0x3e)", "110000", "D800", "9", "\n", "q", "-1", "ü", "0",
    ]
    for _ in 0..<500 {
      let table = (0..<40).compactMap { _ in parts.randomElement(using: &generator) }.joined()
      let keymap = X11Keymap(table: table, modifiers: table)
      #expect(keymap.bindings(for: "q€").split(separator: "\n").count <= 2)
    }
  }
}
