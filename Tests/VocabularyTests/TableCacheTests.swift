import Foundation
import System
import TestSupport
import Testing
import Vocabulary

/// What was made of long lists, and lies in files.
@Suite struct TableCacheTests {
  /// A list in a folder, and what says its terms.
  private struct Lists {
    let folder: TemporaryFolder
    var list: String { "\(folder.path)/long.txt" }
    var cache: String { "\(folder.path)/cache/utter/vocabulary" }
    /// The only file of the cache.
    var file: String { "\(cache)/\(files.first ?? "none")" }
    var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? [] }

    init() throws {
      folder = try TemporaryFolder()
      try write(seed: 1)
    }

    func write(seed: UInt64) throws {
      var random = Seeded(seed)
      let parts = ["dodo", "hook", "user", "retry", "HTTP", "id", "Cache", "v2", "kube", "json"]
      let terms = (0..<80).map { number in
        let words = (0..<3).map { _ in parts.randomElement(using: &random) ?? "" }
        let spoken = number % 5 == 0 ? ["some \(words[0]) \(number)"] : []
        return Term(
          words.joined(separator: number % 2 == 0 ? "_" : ".") + "\(number)",
          spoken: spoken + ["the one that is called \(words[1]) number \(number) of eighty"],
          weight: Double(number % 7 + 1), guard: number % 3 == 0 ? .off : .automatic)
      }
      let text = VocabularyList.text(of: terms + [Term(".NET"), Term("C++ code")])
      _ = try folder.write(Array(text.utf8), "long.txt")
    }

    /// What is written for everything that the terms are said with.
    func written(cached: Bool = true) -> [String] {
      let loader = VocabularyLoader(
        folder: nil, home: nil, cache: cached ? TableCache(folder: cache) : nil)
      let vocabulary = loader.load(files: [list])
      let said = vocabulary.terms.flatMap { term in
        term.forms.prefix(2).flatMap(\.words) + ["the", term.spelling]
      }
      return ["\(vocabulary.count)"] + vocabulary.matcher.replacingTerms(in: said)
    }
  }

  private static func mode(_ path: String) -> UInt32? {
    try? FileStatus(of: path, isFollowingLinks: false).permissions
  }

  @Test func aFileSaysWhatItsListSays() throws {
    let lists = try Lists()
    let expected = lists.written(cached: false)
    #expect(lists.files == [])
    #expect(lists.written() == expected)
    #expect(Self.mode(lists.cache) == 0o700)
    #expect(Self.mode(lists.file) == 0o600)
    let first = try FileStatus(of: lists.file).identity
    #expect(lists.written() == expected)
    #expect(try FileStatus(of: lists.file).identity == first, "it is used, not made again")
    // Another list is another file, and the first one's is still there.
    try lists.write(seed: 2)
    #expect(lists.written() == lists.written(cached: false))
    #expect(lists.files.count == 2)
  }

  @Test func aDamagedFileIsMadeAgain() throws {
    let lists = try Lists()
    let expected = lists.written()
    let whole = [UInt8](try Data(contentsOf: URL(filePath: lists.file)))
    let path = lists.file
    var random = Seeded(3)
    var damages: [[UInt8]] = [[], Array(whole.dropLast()), whole + [0], Array(whole.prefix(80))]
    for place in [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, whole.count - 1]
      + (0..<5).map({ _ in Int.random(in: 88..<whole.count, using: &random) })
    {
      var bytes = whole
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      damages.append(bytes)
    }
    for bytes in damages {
      try Data(bytes).write(to: URL(filePath: path))
      let damaged = try FileStatus(of: path).identity
      #expect(lists.written() == expected)
      #expect(try FileStatus(of: path).identity != damaged)
      #expect(lists.files.count == 1)
    }
  }

  /// Whoever may write there can make the sum right again; then it still does no harm.
  @Test func aForgedFileDoesNoHarm() throws {
    let lists = try Lists()
    _ = lists.written()
    let (path, header) = (lists.file, 88)
    let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let content = header + [UInt8](try Data(contentsOf: URL(filePath: lists.list))).count
    let forged = { (bytes: [UInt8]) -> [UInt8] in
      var sum = FileChecksum()
      let counts = bytes.prefix(header).withUnsafeBytes { header in
        (2...7).map { header.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
      }
      bytes.prefix(header - 8).withUnsafeBytes { sum.combine($0) }
      var start = header
      for (count, stride) in zip(counts, [1, 24, 16, 1, 8, 8]) {
        let end = min(bytes.count, start + Int(clamping: count) * stride)
        bytes[start..<end].withUnsafeBytes { sum.combine($0) }
        start = end
      }
      let value = withUnsafeBytes(of: sum.value) { Array($0) }
      return Array(bytes.prefix(header - 8)) + value + bytes.dropFirst(header)
    }
    #expect(forged(whole) == whole)
    var random = Seeded(4)
    for _ in 0..<(isDebug ? 20 : 300) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: content..<bytes.count, using: &random) & ~3
        for offset in 0..<4 where place + offset < bytes.count {
          bytes[place + offset] =
            [0, 1, 0x7F, 0xFF, .random(in: 0...255, using: &random)]
            .randomElement(using: &random) ?? 0
        }
      }
      try Data(forged(bytes)).write(to: URL(filePath: path))
      #expect(lists.written().count > 80)
    }
  }

  @Test func whatIsNotTheUsersAloneIsNotUsed() throws {
    let lists = try Lists()
    let expected = lists.written()
    let path = lists.file
    // Others could have written it.
    chmod(path, 0o644)
    #expect(lists.written() == expected)
    #expect(Self.mode(path) == 0o600)
    // A link leads to what somebody chose.
    let elsewhere = "\(lists.folder.path)/elsewhere"
    try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    #expect(lists.written() == expected)
    #expect(try FileStatus(of: path, isFollowingLinks: false).kind == .regular)
    try FileManager.default.removeItem(atPath: path)
    mkfifo(path, 0o600)
    #expect(lists.written() == expected)
    #expect(try FileStatus(of: path).kind == .regular)
    try FileManager.default.removeItem(atPath: path)
    chmod(lists.cache, 0o750)
    #expect(lists.written() == expected)
    #expect(lists.files == [])
    chmod(lists.cache, 0o700)
    _ = lists.written()
    #expect(lists.files.count == 1)
  }

  @Test func thereAreNeverTooMany() throws {
    let lists = try Lists()
    for seed in 0..<35 as Range<UInt64> {
      try lists.write(seed: seed)
      let loader = VocabularyLoader(
        folder: nil, home: nil, cache: TableCache(folder: lists.cache))
      #expect(loader.load(files: [lists.list]).count == 82)
    }
    #expect(lists.files.count == 32)
    // A short list needs no file.
    _ = try lists.folder.write(Array("kubectl\n".utf8), "long.txt")
    #expect(lists.written().first == "1")
    #expect(lists.files.count == 32)
  }
}
