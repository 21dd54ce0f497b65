import Formatting
import Testing

/// Programs that texts go through.
@Suite struct TextFilterTests {
  @Test(arguments: [
    ("hello", ["tr", "a-z", "A-Z"], "HELLO"),
    ("hello", ["cat"], "hello"),
    ("hello\n", ["cat"], "hello\n"),
    // A newline that a program adds is not part of the text.
    ("hello", ["sed", "-e", "$a\\"], "hello"),
    ("", ["cat"], ""),
    // No shell looks at the arguments.
    ("hello", ["echo", "$HOME; `id` | cat"], "$HOME; `id` | cat"),
    // Nor does a program have to read, or to read all.
    (String(repeating: "x", count: 300_000), ["true"], ""),
    (String(repeating: "x", count: 300_000), ["head", "-c", "3"], "xxx"),
  ]) func filters(_ text: String, _ command: [String], _ written: String) throws {
    let filter = try #require(TextFilter(command))
    #expect(try filter.filtered(text, within: .seconds(60)) == written)
  }

  @Test(
    arguments: [
      (["/no/such/program"], .missing),
      (["false"], .failed(code: 1)),
      (["printf", "\\377"], .notText),
      (["yes"], nil),
    ] as [([String], TextFilterError.Reason?)])
  func failures(_ command: [String], _ reason: TextFilterError.Reason?) throws {
    let filter = try #require(TextFilter(command))
    let error = #expect(throws: TextFilterError.self) {
      try filter.filtered("hello", within: .seconds(60))
    }
    if let reason { #expect(error?.reason == reason) }
    #expect(error?.description.hasPrefix(command[0]) == true)
  }

  @Test func lateOnes() throws {
    let filter = try #require(TextFilter(["sleep", "1000"]))
    let error = #expect(throws: TextFilterError.self) {
      try filter.filtered("hello", within: .milliseconds(50))
    }
    #expect(error?.reason == .late(.milliseconds(50)))
  }

  @Test func noProgram() {
    #expect(TextFilter([]) == nil)
    #expect(TextFilter([""]) == nil)
  }
}
