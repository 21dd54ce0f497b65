import TOML
import Testing

/// A key gets another value, and nothing else changes.
@Suite struct TOMLEditingTests {
  /// Files before and after `a.k = 7`.
  @Test(arguments: [
    ("", "[a]\nk = 7\n"),
    ("\n\n", "[a]\nk = 7\n"),
    ("# mine", "# mine\n\n[a]\nk = 7\n"),
    ("x = 1\n\n\n", "x = 1\n\n[a]\nk = 7\n"),
    ("x = 1\r\n", "x = 1\r\n\r\n[a]\r\nk = 7\r\n"),
    ("[a]", "[a]\nk = 7"),
    ("[a] # here\n# and\n[b]\n", "[a] # here\nk = 7\n# and\n[b]\n"),
    ("[a]\nx = 1 # one\n\n# end\n[b]\n", "[a]\nx = 1 # one\nk = 7\n\n# end\n[b]\n"),
    ("[a]\r\nx = 1\r\n", "[a]\r\nx = 1\r\nk = 7\r\n"),
    ("[a]\nx = \"\"\"\n1\"\"\" # one\n", "[a]\nx = \"\"\"\n1\"\"\" # one\nk = 7\n"),
    ("[a]\nk=1#one\n", "[a]\nk=7#one\n"),
    ("[a]\n\t k  =  'x' \t# one\n", "[a]\n\t k  =  7 \t# one\n"),
    ("[a]\nk = \"\"\"\nx\n\"\"\"\ny = 1\n", "[a]\nk = 7\ny = 1\n"),
    ("[a]\nk = [\n 1, # one\n]\n", "[a]\nk = 7\n"),
    ("[a]\nk = { x = 1 }\n", "[a]\nk = 7\n"),
    ("[ \"a\" ]\n'k' = 1\n", "[ \"a\" ]\n'k' = 7\n"),
    ("a.k = 1 # one\n", "a.k = 7 # one\n"),
    ("a.x = 1\nb = 2\n", "a.x = 1\na.k = 7\nb = 2\n"),
    ("a.x.y = 1\n", "a.x.y = 1\na.k = 7\n"),
    ("a = { k = 1, x = 2 }\n", "a = { k = 7, x = 2 }\n"),
    ("a = { x = 2 }\n", "a = { x = 2, k = 7 }\n"),
    ("a = {}\n", "a = { k = 7 }\n"),
    ("a = {\n  x = 2, # two\n}\n", "a = {\n  x = 2, k = 7, # two\n}\n"),
    ("[a.b]\nx = 1\n", "[a.b]\nx = 1\n\n[a]\nk = 7\n"),
    ("[b]\n[a]\n[c]\n", "[b]\n[a]\nk = 7\n[c]\n"),
  ]) func theRestStays(_ before: String, _ after: String) throws {
    let edited = try TOMLDocument(Array(before.utf8)).setting("k", in: ["a"], to: "7")
    #expect(String(decoding: edited, as: UTF8.self) == after)
    guard case .table(let root) = try TOMLDocument(edited).value, case .table(let a)? = root["a"]
    else {
      Issue.record("a is no table")
      return
    }
    #expect(a["k"] == .integer(7))
  }

  @Test func deeperTablesAreEditedToo() throws {
    let before = "[a]\nb.x = 1\n[a.c]\nd = { e = {} }\n"
    func edited(_ section: [String]) throws -> String {
      let document = try TOMLDocument(Array(before.utf8))
      return String(decoding: document.setting("k y", in: section, to: "'7'"), as: UTF8.self)
    }
    #expect(try edited(["a", "b"]) == "[a]\nb.x = 1\nb.\"k y\" = '7'\n[a.c]\nd = { e = {} }\n")
    #expect(
      try edited(["a", "c", "d", "e"])
        == "[a]\nb.x = 1\n[a.c]\nd = { e = { \"k y\" = '7' } }\n")
    #expect(try edited(["a", "z z"]) == before + "\n[a.\"z z\"]\n\"k y\" = '7'\n")
  }
}
