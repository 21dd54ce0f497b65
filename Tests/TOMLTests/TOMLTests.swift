import TOML
import Testing

/// What a TOML file means, and which texts are none.
@Suite struct TOMLTests {
  /// Files, each with all that it says on one line.
  @Test(arguments: [
    ("", "{ }"),
    ("\u{FEFF}a = 1", "{ a = 1 }"),
    ("# nothing\n\n  \t# here\r\n", "{ }"),
    ("a=1#one\n\tb\t=\t2 # two", "{ a = 1, b = 2 }"),
    // Keys.
    ("a-b_1 = 1\n1234 = 2\n-- = 3", "{ -- = 3, 1234 = 2, a-b_1 = 1 }"),
    ("\"a b\" = 1\n'c.d' = 2\n\"\" = 3", "{ \"\" = 3, \"a b\" = 1, \"c.d\" = 2 }"),
    ("a . \"b\".  c = 1\na.d = 2", "{ a = { b = { c = 1 }, d = 2 } }"),
    ("3.14 = 1", "{ 3 = { 14 = 1 } }"),
    ("true = 1\ninf = 2", "{ inf = 2, true = 1 }"),
    ("A = 1\na = 2", "{ A = 1, a = 2 }"),
    // Numbers.
    ("a = +99\nb = -0\nc = 1_000\nd = 0", "{ a = 99, b = 0, c = 1000, d = 0 }"),
    ("a = 0xDEAD_beef\nb = 0o755\nc = 0b1101", "{ a = 3735928559, b = 493, c = 13 }"),
    ("a = 9223372036854775807", "{ a = 9223372036854775807 }"),
    ("a = -9223372036854775808", "{ a = -9223372036854775808 }"),
    ("a = 1.5\nb = -2e2\nc = 6.5E-1\nd = 1_0.2_5", "{ a = 1.5, b = -200.0, c = 0.65, d = 10.25 }"),
    ("a = inf\nb = -inf\nc = +nan", "{ a = inf, b = -inf, c = nan }"),
    ("a = true\nb = false", "{ a = true, b = false }"),
    // Dates and times.
    ("a = 1979-05-27T07:32:00Z", "{ a = 1979-05-27T07:32:00Z }"),
    ("a = 1979-05-27t07:32:00.999-07:00", "{ a = 1979-05-27t07:32:00.999-07:00 }"),
    ("a = 1979-05-27 07:32:00 # x", "{ a = 1979-05-27 07:32:00 }"),
    ("a = 2024-02-29 # leap", "{ a = 2024-02-29 }"),
    ("a = 07:32\nb = [23:59:60.5]", "{ a = 07:32, b = [23:59:60.5] }"),
    // Texts.
    (#"a = "x\ty\n\"\\\u00e9\U0001F600\x41\e""#, #"{ a = "x\u0009y\u000A\"\\é😀A\u001B" }"#),
    (#"a = 'C:\n\"x"'"#, #"{ a = "C:\\n\\\"x\"" }"#),
    ("a = \"\"\"\nx\r\n y\"\"\"", #"{ a = "x\u000A y" }"#),
    ("a = \"\"\"x \\  \n\n   y\\\n\"\"\"", #"{ a = "x y" }"#),
    ("a = \"\"\"\"\"x\"\"\"\"\"", #"{ a = "\"\"x\"\"" }"#),
    ("a = '''\n''x'\\'''''", #"{ a = "''x'\\''" }"#),
    ("a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''", #"{ a = "", b = "", c = "", d = "" }"#),
    ("a = \"é # no comment\" # one", #"{ a = "é # no comment" }"#),
    // Lists.
    ("a = []\nb = [ 1, 'x' , [true], ]", #"{ a = [], b = [1, "x", [true]] }"#),
    ("a = [ # one\n 1,\n # two\r\n 2 # three\n]", "{ a = [1, 2] }"),
    ("a = [{b = 1}, {}]", "{ a = [{ b = 1 }, { }] }"),
    // Tables.
    ("[a]\nb = 1\n[c]\n[a.d]\ne = 2", "{ a = { b = 1, d = { e = 2 } }, c = { } }"),
    ("[a.b.c]\n[a]\nd = 1", "{ a = { b = { c = { } }, d = 1 } }"),
    ("[ a . 'b c' ] # x\nd = 1", #"{ a = { "b c" = { d = 1 } } }"#),
    ("a = { b = 1, c.d = 2 }\ne = {}", "{ a = { b = 1, c = { d = 2 } }, e = { } }"),
    ("a = {\n b = 1, # one\n c = 2,\n}", "{ a = { b = 1, c = 2 } }"),
    ("[a]\nb.c = 1\n[a.b.d]\ne = 2", "{ a = { b = { c = 1, d = { e = 2 } } } }"),
    ("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2", "{ a = [{ b = 1 }, { c = { d = 2 } }] }"),
    ("[[a]]\n[[a.b]]\nc = 1\n[[a.b]]", "{ a = [{ b = [{ c = 1 }, { }] }] }"),
  ]) func filesAreRead(_ text: String, _ meaning: String) throws {
    let document = try TOMLDocument(Array(text.utf8))
    #expect(document.value.toml == meaning)
    // What is written on one line means the same.
    guard !meaning.contains("nan") else { return }
    let again = try TOMLDocument(Array("x = \(meaning)".utf8))
    #expect(again.value == .table(["x": document.value]))
  }

  /// Texts that are no TOML, each with what is said of it.
  @Test(arguments: [
    ("a", "line 1, column 2: the end of the file in place of an equals sign after a"),
    ("a\nb = 1", "line 1, column 2: the end of the line in place of an equals sign after a"),
    ("a b = 1", #"line 1, column 3: "b" in place of an equals sign after a"#),
    ("= 1", #"line 1, column 1: "=" in place of a name"#),
    ("a. = 1", #"line 1, column 4: "=" in place of a name"#),
    (".a = 1", #"line 1, column 1: "." in place of a name"#),
    ("é = 1", #"line 1, column 1: "é" in place of a name"#),
    ("\"\"\"a\"\"\" = 1", "line 1, column 1: a text of several lines in place of a key"),
    ("x = 1\na =", "line 2, column 4: the end of the file in place of a value"),
    ("a = # 1\n", ##"line 1, column 5: "#" in place of a value"##),
    ("a = = 1", #"line 1, column 5: "=" in place of a value"#),
    ("a = 1 b = 2", #"line 1, column 7: "b" after a value"#),
    ("a = 1\rb = 2", "line 1, column 6: the control character U+000D after a value"),
    ("a = \"x\" y", #"line 1, column 9: "y" after a value"#),
    ("a = default", "line 1, column 5: default is no value; a text stands in quotes"),
    ("# \0", "line 1, column 3: the control character U+0000"),
    ("a = \"x\u{7}\"", "line 1, column 7: the control character U+0007"),
    ("a = 'x\ty\u{7F}'", "line 1, column 9: the control character U+007F"),
    ("\u{FEFF}a = é", #"line 1, column 5: "é" in place of a value"#),
    ("a = \"x\nb = 1", "line 1, column 5: a text without its closing quote"),
    ("a = 'x", "line 1, column 5: a text without its closing quotes"),
    ("a = \"\"\"x\n\"\"", "line 1, column 5: a text without its closing quotes"),
    ("a = \"\"\"x\"\"\"\"\"\"", #"line 1, column 14: "\"" after a value"#),
    (
      #"a = "C:\home""#,
      "line 1, column 8: an unknown escape; a backslash is written twice, or in single quotes"
    ),
    (#"a = "\uD800""#, "line 1, column 6: an escape that is no character"),
    (#"a = "\UFFFFFFFF""#, "line 1, column 6: an escape that is no character"),
    (#"a = "\u12""#, "line 1, column 6: an escape that is no character"),
    ("a = [1 2]", #"line 1, column 8: "2" in place of a comma in a list"#),
    ("a = [1,, 2]", #"line 1, column 8: "," in place of a value"#),
    ("a = [,]", #"line 1, column 6: "," in place of a value"#),
    ("a = [1,\n2", "line 1, column 5: a list without its closing bracket"),
    ("a = [1}", #"line 1, column 7: "}" in place of a comma in a list"#),
    ("a = {b = 1", "line 1, column 5: a table without its closing bracket"),
    ("a = {b = 1 c = 2}", #"line 1, column 12: "c" in place of a comma in a table"#),
    ("a = {b}", #"line 1, column 7: "}" in place of an equals sign after b"#),
    ("a = {b = 1, b = 2}", "line 1, column 13: b is there already"),
    ("a = {b.c = 1, b = 2}", "line 1, column 15: b is there already"),
    ("a = {b = {}, b.c = 2}", "line 1, column 14: b is complete already"),
    ("a = 1\na = 2", "line 2, column 1: a is there already"),
    ("a = 1\n\"a\" = 2", "line 2, column 1: a is there already"),
    ("a = 1\na.b = 2", "line 2, column 1: a is complete already"),
    ("a.b = 1\na = 2", "line 2, column 1: a is there already"),
    ("a = {}\na.b = 2", "line 2, column 1: a is complete already"),
    ("[a.b]\n[a]\nb.c = 1", "line 3, column 1: b is complete already"),
    ("[a]\n[a]", "line 2, column 1: a is there already"),
    ("a.b = 1\n[a]", "line 2, column 1: a is there already"),
    ("[a]\nb.c = 1\n[a.b]", "line 3, column 1: a.b is there already"),
    ("a = {}\n[a.b]", "line 2, column 1: a is complete already"),
    ("a = []\n[[a]]", "line 2, column 1: a is there already"),
    ("[a]\n[[a]]", "line 2, column 1: a is there already"),
    ("[[a]]\n[a]", "line 2, column 1: a is there already"),
    ("[a.b]\n[[a]]", "line 2, column 1: a is there already"),
    (
      "[a\nb = 1",
      "line 1, column 3: the end of the line in a section's name, which stands in brackets: [name]"
    ),
    ("[]", #"line 1, column 2: "]" in place of a name"#),
    ("[a.]", #"line 1, column 4: "]" in place of a name"#),
    ("[a]]", #"line 1, column 4: "]" after a section's name"#),
    (
      "[[a] ]",
      #"line 1, column 4: "]" in a section's name, which stands in brackets: [name]"#
    ),
    ("[a] b = 1", #"line 1, column 5: "b" after a section's name"#),
  ]) func faultsAreNamed(_ text: String, _ message: String) {
    #expect(fault(text) == message)
  }

  /// Words that look like a value and are none.
  @Test(arguments: [
    "01", "+01", "1_", "_1", "1__0", "0x", "0xG", "0X1", "+0x1", "0b2", "0o8", "1.", ".5", "1.e5",
    "1e", "1e+", "1_.5", "1._5", "03.14", "1.2.3", "+", "-", "++1", "True", "t", "Inf", "--inf",
    "i",
    "1979-13-01", "1979-00-01", "1979-05-32", "2023-02-29", "1979-5-27", "1979-05-27T", "25:00",
    "12:60", "07:32:61", "07:32:00.", "7:32", "1979-05-27T07:32:00+25:00", "1979-05-27 7",
    "07:32:00Z",
  ]) func thisIsNoValue(_ word: String) {
    #expect(
      fault("a = \(word)") == "line 1, column 5: \(word) is no value; a text stands in quotes")
  }

  @Test func numbersHaveLimits() {
    #expect(
      fault("a = 9223372036854775808") == "line 1, column 5: a whole number of more than 64 bits")
    #expect(
      fault("a = 0x1_0000_0000_0000_0000")
        == "line 1, column 5: a whole number of more than 64 bits")
    #expect(fault("a = -1e999") == "line 1, column 5: a number too large for 64 bits")
  }

  @Test func bytesThatAreNoTextAreNamed() {
    let texts: [([UInt8], String)] = [
      (Array("a = 1 # ".utf8) + [0xFF], "line 1, column 7: a comment that is not UTF-8 text"),
      (Array("a = \"".utf8) + [0xC3, 0x22], "line 1, column 5: a text that is not UTF-8"),
      (
        Array("x = 1\n".utf8) + [0xFE],
        "line 2, column 1: what is not UTF-8 text in place of a name"
      ),
    ]
    for (bytes, message) in texts { #expect(fault(bytes) == message) }
  }

  /// As deep as is allowed, and one level more.
  @Test func depthIsBounded() throws {
    func nested(_ count: Int, _ left: String, _ right: String) -> String {
      "a = " + String(repeating: left, count: count) + String(repeating: right, count: count)
    }
    #expect(fault(nested(60, "[", "]")) == nil)
    #expect(try #require(fault(nested(100, "[", "]"))).contains("too many tables and lists"))
    #expect(try #require(fault(nested(100_000, "[{b = ", "}]"))).contains("too many tables"))
    let key = Array(repeating: "a", count: 65).joined(separator: ".")
    #expect(try #require(fault("\(key) = 1")).contains("a key of too many names"))
    #expect(try #require(fault("[\(key)]")).contains("a key of too many names"))
  }

  /// A megabyte of each: work that grew with the square of the size would take hours.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: ["[[a]]\n", "a = [1, ", "x.", "[", "\"", "#\n", "\u{FEFF}", "{a="])
  func lengthIsNoProblem(_ piece: String) {
    _ = fault(String(repeating: piece, count: (1 << 20) / piece.utf8.count))
  }

  private func fault(_ text: String) -> String? { fault(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> String? {
    do throws(TOMLError) {
      _ = try TOMLDocument(bytes)
      return nil
    } catch {
      return error.description
    }
  }
}
