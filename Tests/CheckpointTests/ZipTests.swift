import Checkpoint
import TestSupport
import Testing

@Suite struct ZipTests {
  private let members: [(name: String, content: [UInt8])] = [("a", [1, 2, 3]), ("b/c", [])]

  @Test(arguments: [false, true]) func readsMembers(wide: Bool) throws {
    let archive = try ZipArchive(mapped(zip(members, wide: wide)))
    #expect(archive.members.keys.sorted() == ["a", "b/c"])
    #expect(archive.members["a"].map { Array($0.bytes) } == [1, 2, 3])
    #expect(archive.members["b/c"]?.count == 0)
  }

  @Test func readsBehindAComment() throws {
    var bytes = zip(members)
    bytes.replaceSubrange(bytes.count - 2..<bytes.count, with: [5, 0] + Array("hello".utf8))
    #expect(try ZipArchive(mapped(bytes)).members.count == 2)
  }

  @Test func refusesCompression() {
    #expect {
      _ = try ZipArchive(mapped(zip(members, method: 8)))
    } throws: { error in
      "\(error)".contains("a is compressed")
    }
  }

  @Test func refusesDoubleNames() {
    #expect(throws: CheckpointError.self) {
      try ZipArchive(mapped(zip([("a", [1]), ("a", [2])])))
    }
  }

  @Test func refusesEveryTruncation() throws {
    for wide in [false, true] {
      let bytes = zip(members, wide: wide)
      for length in 1..<bytes.count {
        #expect(throws: CheckpointError.self) {
          try ZipArchive(mapped(Array(bytes.prefix(length))))
        }
      }
    }
  }
}
