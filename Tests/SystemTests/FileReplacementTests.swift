import Foundation
import System
import TestSupport
import Testing

@Suite struct FileReplacementTests {
  private static let old = [UInt8]("old, and longer than the new content".utf8)
  private static let new = [UInt8]("new".utf8)

  @Test func whoReadsKeepsTheOldFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      try Data(Self.old).write(to: URL(fileURLWithPath: path))
      let reader = try #require(FileHandle(forReadingAtPath: path))
      try replaceFile(path, with: Self.new)
      #expect(try reader.readToEnd() == Data(Self.old))
      #expect(try content(path) == Self.new)
      #expect(try names(in: folder) == ["file"])
    }
  }

  @Test func contentMayComeInPieces() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      let texts = (0..<50_000).lazy.map { "\($0)\n" }
      try replaceFile(path) { (file) throws(Errno) in try file.write(texts: texts) }
      #expect(try content(path) == [UInt8](texts.joined().utf8))
      #expect(throws: Errno(EIO)) {
        try replaceFile(path) { (file) throws(Errno) in
          try file.write(Self.new)
          throw Errno(EIO)
        }
      }
      #expect(try content(path).count > 200_000 && names(in: folder) == ["file"])
    }
  }

  @Test func permissionsStayUnlessOthersAreAskedFor() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      try replaceFile(path, with: Self.old, mode: 0o600)
      #expect(try FileStatus(of: path).permissions == 0o600)
      #expect(chmod(path, 0o640) == 0)
      try replaceFile(path, with: Self.new)
      #expect(try FileStatus(of: path).permissions == 0o640)
      try replaceFile(path, with: Self.new, mode: 0o604)
      #expect(try FileStatus(of: path).permissions == 0o604)
    }
  }

  /// As far as the system lets the tests give files away, which is for root alone.
  @Test(.enabled(if: geteuid() == 0)) func ownersStay() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      try replaceFile(path, with: Self.old, mode: 0o640)
      #expect(chown(path, 12_345, 23_456) == 0)
      try replaceFile(path, with: Self.new)
      let status = try FileStatus(of: path)
      #expect(status.owner == 12_345 && status.group == 23_456 && status.permissions == 0o640)
      #expect(try content(path) == Self.new)
    }
  }

  @Test func newFilesFollowTheMask() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "file").path
      let mask = umask(0)
      umask(mask)
      try replaceFile(path, with: Self.new)
      #expect(try FileStatus(of: path).permissions == 0o666 & ~mask)
    }
  }

  /// The part beside the file needs a name too.
  @Test func namesMayBeAsLongAsTheSystemHasThem() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: String(repeating: "x", count: 255)).path
      try replaceFile(path, with: Self.new)
      #expect(try content(path) == Self.new)
      #expect(throws: Errno(ENAMETOOLONG)) { try replaceFile(path + "x", with: Self.new) }
      #expect(try names(in: folder).count == 1)
    }
  }

  @Test func linksStay() throws {
    try withTemporaryFolder { folder in
      let files = FileManager.default
      let other = folder.appending(path: "other")
      try files.createDirectory(at: other, withIntermediateDirectories: false)
      let target = other.appending(path: "target").path
      // One that leads nowhere yet, and one to that, relative and absolute.
      try files.createSymbolicLink(
        atPath: folder.appending(path: "near").path, withDestinationPath: "other/target")
      try files.createSymbolicLink(
        atPath: folder.appending(path: "far").path,
        withDestinationPath: folder.appending(path: "near").path)
      for name in ["far", "near"] {
        let link = folder.appending(path: name).path
        try replaceFile(link, with: [UInt8](name.utf8))
        #expect(try content(target) == [UInt8](name.utf8))
        #expect(try FileStatus(of: link, isFollowingLinks: false).kind == .link)
      }
      #expect(try names(in: other) == ["target"])
    }
  }

  @Test func whatFailsLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "folder").path
      try FileManager.default.createDirectory(
        atPath: path + "/inside", withIntermediateDirectories: true)
      #expect(throws: Errno(EISDIR)) { try replaceFile(path, with: Self.new) }
      #expect(try names(in: folder) == ["folder"])
      #expect(throws: Errno(ENOENT)) { try replaceFile(path + "/no/such", with: Self.new) }
    }
  }

  @Test func linksInACircleAreAnError() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "self").path
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "self")
      #expect(throws: Errno(ELOOP)) { try replaceFile(path, with: Self.new) }
      #expect(try FileStatus(of: path, isFollowingLinks: false).kind == .link)
    }
  }

  private func content(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
