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
