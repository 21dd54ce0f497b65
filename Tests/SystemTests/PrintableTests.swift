import System
import Testing

/// What comes from outside is printed without what a terminal obeys.
@Suite struct PrintableTests {
  @Test(arguments: [
    ("plain – ▁ü 世界", "plain – ▁ü 世界"), ("a\u{1b}]0;T\u{7}b", "a\\u{1b}]0;T\\u{7}b"),
    ("a\nutter: fine\r\t", "a\\nutter: fine\\r\\t"), ("\u{7f}\u{9b}2J", "\\u{7f}\\u{9b}2J"),
    ("x\u{202e}gpj.exe\u{2066}", "x\\u{202e}gpj.exe\\u{2066}"), ("\u{0}", "\\u{0}"),
    ("\u{2028}\u{feff}\u{200f}", "\\u{2028}\\u{feff}\\u{200f}"), ("می‌خواهم", "می‌خواهم"), ("", ""),
  ])
  func oneLine(text: String, shown: String) {
    #expect(text.printable == shown)
    #expect(shown.printable == shown)
  }

  @Test func lines() {
    #expect("a\tb\u{1b}\n\nc".printableLines == "a\tb\\u{1b}\n\nc")
  }

  @Test func longOnesAreCut() {
    let long = String(repeating: "x", count: 1 << 20).printable
    #expect(long.utf8.count < 20_000)
    #expect(long.hasSuffix("…"))
  }

  @Test func json() {
    #expect("{\"a\": \"\u{9b}\u{202e}\"}".printableJSON == #"{"a": "\u009b\u202e"}"#)
    #expect("{\n}".printableJSON == "{\n}")
  }
}
