import Foundation
import Service
import TOML
import TestSupport
import Testing

/// Whatever a file holds, it is a configuration or an error.
@Suite struct ConfigurationFuzzTests {
  private static let sound = """
    # A comment.
    audio = { device = "default", keep_open = false } # another
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

  /// All that TOML has.
  private static let rich = """
    "a b".c = [ 1, 2.5e3, [ true ], { x = 'y', z.w = -inf }, ]
    d = 1979-05-27 07:32:00.5+01:00 # when
    e = \"""
    one \\
      two \\u00e9\"""\r
    f = '''
    three''\\'''
    [g.h]
    i = 0b1_0
    j.k = 07:32
    [[g.l]]
    m = { n = {}, o = [] }
    [[g.l]]
    [a]
    k = "1"
    """

  private static let pieces = [
    "[", "]]", "\"\"\"", "=", "{", "}", "\\u", ".", ",", "\n", "\u{7F}", "1e999", "é", "'", "#",
    "a",
  ]

  /// A text with one to four changes.
  private static func damaged(_ text: String, _ random: inout Seeded) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(at..<min(bytes.count, at + 9))
      case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 20)], at: at)
      default:
        bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: at)
      }
    }
    return bytes
  }

  /// What can be read can be edited, and only the key that is set has another value then.
  @Test func damagedTextsAreRefusedOrEdited() throws {
    var random = Seeded(11)
    var (edited, refused) = (0, 0)
    for _ in 0..<20_000 {
      let bytes = Self.damaged(Self.rich, &random)
      do throws(TOMLError) {
        let before = try TOMLDocument(bytes)
        guard case .table(var expected) = before.value,
          case .table(var inner) = expected["a", default: .table([:])]
        else { continue }
        // A table that is spread over lines is not replaced.
        if case .table? = inner["k"] { continue }
        inner["k"] = .integer(7)
        expected["a"] = .table(inner)
        let after = try TOMLDocument(before.setting("k", in: ["a"], to: "7"))
        #expect(after.value.toml == TOMLValue.table(expected).toml)
        edited += 1
      } catch {
        #expect(!error.description.contains("\n"))
        refused += 1
      }
    }
    #expect(edited > 500)
    #expect(refused > 1_000)
  }

  @Test func damagedFilesAreRefusedOrRead() throws {
    var random = Seeded(7)
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      var (read, refused, repaired) = (0, 0, 0)
      for _ in 0..<2_000 {
        let bytes = Self.damaged(Self.sound, &random)
        try Data(bytes).write(to: file)
        var isSound = false
        do throws(ConfigurationError) {
          _ = try Configuration.load(environment: [:], file: file.path)
          read += 1
          isSound = true
        } catch {
          #expect(!error.description.contains("\n"))
          refused += 1
        }
        // Editing such a file either works or leaves it as it is.
        do throws(ConfigurationError) {
          try Configuration.set("model.name", to: "x", file: file.path)
          let now = try Configuration.load(environment: [:], file: file.path)
          #expect(now.model.name == "x")
          repaired += isSound ? 0 : 1
        } catch {
          #expect(!isSound)
          #expect(try Data(contentsOf: file) == Data(bytes))
        }
      }
      #expect(read > 50)
      #expect(refused > 200)
      #expect(repaired > 20)
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
    "long value": "[audio]\nkeep_open = \"" + String(repeating: "x", count: 1_000_000) + "\"",
    "long word": "[audio]\ndevice = " + String(repeating: "x", count: 1_000_000),
  ]

  @Test(arguments: hostile.keys.sorted()) func messagesAreShort(_ name: String) throws {
    let text = try #require(Self.hostile[name])
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      try Data(text.utf8).write(to: file)
      do throws(ConfigurationError) {
        _ = try Configuration.load(environment: [:], file: file.path)
        Issue.record("\(name) is accepted")
      } catch {
        #expect(!error.description.contains("\n"))
        #expect(error.description.utf8.count < 1_000)
      }
    }
  }
}
