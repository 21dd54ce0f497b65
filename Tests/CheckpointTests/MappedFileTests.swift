import Checkpoint
import Foundation
import TestSupport
import Testing

/// Files that somebody changes while they are mapped.
@Suite struct MappedFileTests {
  private static let page = Int(getpagesize())

  /// Where bytes are missing there are zeros, and no signal that ends the program.
  @Test func aFileThatIsCutShortIsZeros() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      let content = Data(repeating: 7, count: 5 * Self.page)
      try content.write(to: URL(filePath: path))
      let files = try (0..<3).map { _ in try MappedFile(path: path) }
      #expect(truncate(path, off_t(2 * Self.page)) == 0)
      for file in files { try file.check() }
      #expect(files[0].bytes[3 * Self.page] == 0 && files[0].bytes[5 * Self.page - 1] == 0)
      #expect(files[0].bytes[2 * Self.page - 1] == 7)
      #expect(throws: CheckpointError.changed(path: path)) { try files[0].check() }
      // Before what was missing first.
      #expect(files[0].bytes[2 * Self.page] == 0)
      // Nobody looked where bytes are missing in this one.
      #expect(files[1].bytes[0] == 7)
      try files[1].check()
    }
  }

  @Test func aFileThatIsReplacedStaysAsItWas() throws {
    try withTemporaryFolder { folder in
      let url = folder.appending(path: "file")
      try Data(repeating: 7, count: 5 * Self.page).write(to: url)
      let file = try MappedFile(path: url.path)
      try Data([1]).write(to: url, options: .atomic)
      #expect(file.bytes.allSatisfy { $0 == 7 })
      try file.check()
    }
  }
}
