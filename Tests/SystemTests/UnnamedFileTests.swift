import Foundation
import System
import TestSupport
import Testing

@Suite struct UnnamedFileTests {
  @Test func aFileInMemoryHoldsItsBytes() throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let file = try FileDescriptor(inMemory: bytes)
    #expect(try file.readAll() == bytes)
    #expect(throws: Errno(EFBIG)) { try file.readAll(limit: 99_999) }
    // A program that gets it reads from the start.
    var first: UInt8 = 1
    #expect(try withUnsafeMutableBytes(of: &first) { try file.read(into: $0) } == 1)
    #expect(first == 0)
  }

  @Test func aFileWithoutANameLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      let file = try FileDescriptor(unnamedIn: folder.path)
      try file.write(Array("text".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      #expect(try file.readAll() == Array("text".utf8))
      var status = stat()
      #expect(fstat(file.number, &status) == 0 && status.st_nlink == 0)
    }
    #expect(throws: Errno(ENOENT)) {
      _ = try FileDescriptor(unnamedIn: "/nowhere/at/all").number
    }
  }

  @Test func placesAreReadAndWrittenWherePositionsAre() throws {
    let file = try FileDescriptor(inMemory: Array("0123456789".utf8))
    try Array("xyz".utf8).withUnsafeBytes { try file.write($0, at: 8) }
    var bytes = [UInt8](repeating: 0, count: 8)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 6) }
    #expect(count == 5 && bytes.prefix(5) == Array("67xyz".utf8)[...])
  }
}
