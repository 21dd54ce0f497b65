import Foundation
import Service
import TestSupport
import Testing

/// Whatever a file holds, it is a configuration or an error.
@Suite struct ConfigurationFuzzTests {
  private static let sound = """
    # A comment.
    [audio]
    device = "default" # another
    keep_open = false
    [model]
    name = 'starter-en'
    threads = 0x2
    idle_unload = "10m"
    [dictation]
    tail = 2.5e-1
    [history]
    retention = \"""
    30d\"""
    """

  @Test func damagedFilesAreRefusedOrRead() throws {
    var random = Seeded(7)
    let pieces = ["[", "]]", "\"\"\"", "=", "{", "\\u", ".", "\n", "\u{7F}", "1e999", "é", "'"]
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      var (read, refused) = (0, 0)
      for _ in 0..<500 {
        var bytes = Array(Self.sound.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let at = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.removeSubrange(at..<min(bytes.count, at + 9))
          case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 20)], at: at)
          default:
            bytes.insert(
              contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: at)
          }
        }
        try Data(bytes).write(to: file)
        do throws(ConfigurationError) {
          _ = try Configuration.load(environment: [:], file: file.path)
          read += 1
        } catch {
          #expect(!error.description.contains("\n"))
          refused += 1
        }
        // Editing such a file either works or leaves it as it is.
        do throws(ConfigurationError) {
          try Configuration.set("audio.device", to: "x", file: file.path)
          let now = try Configuration.load(environment: [:], file: file.path)
          #expect(now.audio.device == "x")
        } catch {
          #expect(try Data(contentsOf: file) == Data(bytes))
        }
      }
      #expect(read > 10)
      #expect(refused > 50)
    }
  }

  /// Names of the texts, because a failing test would print a megabyte.
  private static let hostile: [String: String] = [
    "dotted key": String(repeating: "a.", count: 400_000) + "a = 1",
    "dotted header": "[" + String(repeating: "a.", count: 400_000) + "a]",
    "unfinished": "[" + String(repeating: "a.", count: 400_000) + "a]\nx = ?",
    "arrays": "a = " + String(repeating: "[", count: 500_000),
    "arrays by line": "a = " + String(repeating: "[\n", count: 300_000),
    "tables": "a = " + String(repeating: "{a=", count: 300_000),
    "long text": "a = \"" + String(repeating: "x", count: 1_000_000) + "\"",
    "long key": String(repeating: "x", count: 1_000_000) + " = 1",
  ]

  @Test(arguments: hostile.keys.sorted()) func depthAndLengthAreBounded(_ name: String) throws {
    #expect(try isRefused(try #require(Self.hostile[name])))
  }

  @Test(arguments: [
    "[=]", "[", "[[", "[[[", "[\rx]", "[\u{301}a]", "[ \u{301}a]", "[ [a", "[\n", " [ \u{A0}?]",
    "\u{FEFF}[\u{2003}.a]", "[ []", "[#]", "[é]",
    "[\r\n]", "[audio]\r[?]", "[.audio]", "[audio.]", "[audio]]", "[[audio]", "[\"\"\"x\"\"\"]",
    "=", ".a = 1", "a. = 1", "a.?= 1", "? = 1", "a = {?=1}", "a = {.b=1}", "a = {b.=1}", "a = +",
    "a = 0x", "a = 1_", "a = _1", "a = i", "a = t", "a = 1979-13-45", "a = 25:61", "a = 1e",
    "a = \"\\u12\"", "a = \"\\UFFFFFFFF\"", "a = '''", "\u{2028} = 1", "a = \u{1F600}",
  ]) func oddLinesAreRefused(_ text: String) throws {
    #expect(try isRefused(text))
  }

  private func isRefused(_ text: String) throws -> Bool {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      try Data(text.utf8).write(to: file)
      do throws(ConfigurationError) {
        _ = try Configuration.load(environment: [:], file: file.path)
        return false
      } catch {
        return !error.description.contains("\n")
      }
    }
  }
}
