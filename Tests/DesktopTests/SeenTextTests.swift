import Desktop
import Testing

@Suite struct SeenTextTests {
  private static func seen(_ text: String) -> String { SeenText(text).text }

  /// A text must not look like another one, or hide one.
  @Test func whatHasNoShapeIsLeftOut() {
    let hidden = [
      // They turn the direction of what follows.
      "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}",
      // They take no room.
      "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{AD}", "\u{34F}", "\u{3164}", "\u{2063}", "\u{FFF9}",
      // They belong elsewhere.
      "\u{200C}", "\u{200D}", "\u{FE0F}", "\u{FE00}", "\u{E0101}", "\u{180B}", "\u{E0041}\u{E007F}",
    ]
    for scalars in hidden {
      #expect(Self.seen("x\(scalars)y\(scalars)") == "xy", "\(scalars.unicodeScalars)")
      #expect(Self.seen("\(scalars)é") == "é")
    }
    #expect(Self.seen("pay \u{202E}001\u{202C} now") == "pay 001 now")
    #expect(Self.seen("\u{1B}[201~\u{0}a\tb\u{7F}\u{9B}\u{3}\n") == "[201~a\tb\n")
  }

  @Test func whatScriptsAndEmojiAreSpelledWithStays() {
    for text in [
      // "I want" and "books" in Persian, half forms in Hindi, chillu letters in Malayalam.
      "می‌خواهم", "کتاب‌ها", "क्‍ष", "क्‌ष", "ന്‍", "ශ්‍රී", "ক্‌ষ",
      "👩‍👩‍👧‍👦", "👩🏽‍🚀", "❤️‍🔥", "🏳️‍🌈", "1️⃣", "☎︎", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "葛󠄀", "ᠮᠣᠩ᠋",
      "Größe „Ça“ – naïve… 你好 ∑ 日本", "",
    ] { #expect(Self.seen(text) == text, "\(text.unicodeScalars)") }
    // One of each is enough, and nothing follows a flag without end.
    #expect(Self.seen("می\u{200C}\u{200C}خواهم") == "می\u{200C}خواهم")
    #expect(Self.seen("❤\u{FE0F}\u{FE0F}\u{FE0E}") == "❤\u{FE0F}")
    #expect(Self.seen("👩\u{200D}x") == "👩x")
    let tags = String(repeating: "\u{E0061}", count: 40)
    #expect(Self.seen("🏴\(tags)\u{E007F}!") == "🏴!")
    #expect(Self.seen("🏴\(tags.prefix(3))!").unicodeScalars.count == 2)
  }

  @Test func lineEndsBecomeSpacesWhereThatIsWanted() {
    func joined(_ text: String) -> String { SeenText(text, lineEnds: .space).text }
    #expect(joined("one\ntwo") == "one two")
    #expect(joined("one \r\n\n\u{2028} two\n") == "one two")
    #expect(joined("\n\none\t\n") == "one")
    #expect(joined("\n \n") == "" && joined("") == "")
    #expect(joined(" as it is\t") == " as it is\t")
  }
}
