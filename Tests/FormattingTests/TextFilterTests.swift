import Formatting
import TestSupport
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

  /// Whatever a program writes is the text, or an error.
  @Test func anyOutputIsTaken() throws {
    var random = Seeded(23)
    let folder = try TemporaryFolder()
    let bytes: [UInt8] = Array("aé€😀 \n\r\t\0".utf8) + [0xFF, 0xC3, 0x80, 0xED, 0xA0]
    var (texts, errors) = (0, 0)
    for _ in 0..<60 {
      let count = Int.random(in: 0...12, using: &random)
      var output = (0..<count).map { _ in bytes[Int.random(in: 0..<bytes.count, using: &random)] }
      if Bool.random(using: &random) {
        output = Array(String(decoding: output, as: UTF8.self).utf8)
      }
      let file = try folder.write(output, "output")
      let filter = try #require(TextFilter(["cat", file]))
      do throws(TextFilterError) {
        let text = try filter.filtered("hello", within: .seconds(60))
        let written = String(decoding: output, as: UTF8.self)
        #expect(Array(written.utf8) == output && (text == written || text + "\n" == written))
        texts += 1
      } catch {
        #expect(error.reason == .notText)
        #expect(String(validating: output, as: UTF8.self) == nil)
        errors += 1
      }
    }
    #expect(texts > 20 && errors > 5)
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
