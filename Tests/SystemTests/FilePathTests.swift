import Foundation
import System
import TestSupport
import Testing

@Suite struct FilePathTests {
  /// Spellings keep every byte, and text stays as it is.
  @Test func spellingsLoseNothing() {
    var numbers = Seeded(7)
    // Bytes that make sequences of all lengths, whole and cut, and the characters that stand for
    // bytes themselves.
    let some: [[UInt8]] = [
      [0x61], [0xE9], [0xC3, 0xA9], [0xC3], [0xF4, 0x8F, 0xBA, 0x80], [0xF4, 0x8F, 0xBB], [0xED],
      [0xA0, 0x80], [0xF0, 0x9F, 0x8E, 0x99], [0x2F], [0x65, 0xCC, 0x81], [0xFF], [0x0A],
    ]
    for _ in 0..<2_000 {
      let bytes = (0..<Int(numbers.next() % 8)).flatMap { _ in
        some[Int(numbers.next() % UInt64(some.count))]
      }
      let path = FilePath(bytes: bytes)
      #expect(FilePath(path.spelling) == path, "\(bytes)")
    }
    for text in ["", "a/b.wav", "é", "e\u{301}", "🎙", "\u{10FE00}", "\u{10FF00}"] {
      #expect(FilePath(text).bytes == Array(text.utf8))
      #expect(Array(FilePath(text).spelling.utf8) == Array(text.utf8))
    }
    #expect(
      FilePath(bytes: [0x63, 0xE9]).spelling.unicodeScalars.map(\.value) == [0x63, 0x10FEE9])
  }

  @Test func pathsAreEqualWhereTheirBytesAre() {
    #expect("\u{E9}" == "e\u{301}")
    #expect(FilePath("\u{E9}") != FilePath("e\u{301}"))
    #expect(Set([FilePath("\u{E9}"), FilePath("e\u{301}")]).count == 2)
  }

  @Test func bytesAreShownAsNumbers() {
    #expect(
      PathSpelling.shown("a" + FilePath(bytes: [0xE9, 0x0A, 0xFF]).spelling) == "a\\xE9\n\\xFF")
    #expect(PathSpelling.shown("a é 🎙") == "a é 🎙")
  }

  @Test(arguments: [
    ("a/b.c.wav", "a", "b.c.wav", "b.c"), ("/x", "/", "x", "x"), ("x", nil, "x", "x"),
    ("a/.hidden", "a", ".hidden", ".hidden"), ("a/", nil, "", ""), ("./x.", ".", "x.", "x"),
    ("a/\u{301}x.wav", "a", "\u{301}x.wav", "\u{301}x"),
  ])
  func partsFollowFromTheBytes(_ path: String, folder: String?, name: String, stem: String) {
    let path = FilePath(path)
    #expect(path.folder == folder.map { FilePath($0) })
    #expect(path.name == FilePath(name) && path.stem == FilePath(stem))
  }

  @Test func namesGoIntoFolders() {
    for (folder, whole) in [("", "x"), ("a", "a/x"), ("a/", "a/x"), ("/", "/x")] {
      #expect(FilePath(folder).appending(FilePath("x")) == FilePath(whole))
    }
  }

  /// Files with names that are no UTF-8 are made, found, followed, replaced and told of.
  @Test func filesWithAnyNameAreReached() throws {
    try withTemporaryFolder { folder in
      let odd = FilePath(bytes: [0x63, 0xE9, 0x0A]).spelling
      let inner = "\(folder.path)/\(odd)/\(odd)"
      try makeFolders(inner)
      let names = ["\u{E9}", "e\u{301}", odd, "\u{301}"]
      for name in names { try replaceFile("\(inner)/\(name)", with: Array(name.utf8)) }
      #expect(
        Set(folderEntries(inner).map { FilePath($0) }) == Set(names.map { FilePath($0) }))
      for name in names {
        let file = try FileDescriptor(opening: "\(inner)/\(name)", 0)
        #expect(try file.readAll() == Array(name.utf8))
        #expect(try FileStatus(of: "\(inner)/\(name)").size == name.utf8.count)
      }
      #expect(FilePath("a/\u{301}").folder?.spelling == "a")
      #expect(findProgram("\(inner)/\(odd)", path: nil) == nil)
      #expect(try endOfLinks("\(inner)/\(odd)") == "\(inner)/\(odd)")
    }
  }

  @Test func aZeroCutsNoPathShort() {
    #expect(throws: Errno(22)) { try FileStatus(of: "/tmp\0/x") }
  }

  /// A program gets its arguments and variables byte by byte.
  @Test func programsGetTheBytes() throws {
    let odd = FilePath(bytes: [0x63, 0xE9]).spelling
    var command = Command("/bin/sh", ["-c", "printf %s \"$1$odd\"", "sh", odd])
    command.environment["odd"] = odd
    let child = try command.start()
    #expect(child.wait(.seconds(20)) == .exit(code: 0))
    #expect(child.output == [0x63, 0xE9, 0x63, 0xE9])
  }
}
