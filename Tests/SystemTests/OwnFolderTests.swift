import Foundation
import System
import TestSupport
import Testing

@Suite struct OwnFolderTests {
  private static func make(_ mode: mode_t, in folder: URL, owner: uid_t? = nil, group: gid_t? = nil)
    throws -> String
  {
    let path = folder.appending(path: UUID().uuidString).path
    try #require(mkdir(path, 0o700) == 0)
    if owner != nil || group != nil {
      try #require(chown(path, owner ?? geteuid(), group ?? getegid()) == 0)
    }
    try #require(chmod(path, mode) == 0)
    return path
  }

  private static func fault(_ path: String, _ privacy: FolderPrivacy) -> FolderFault.Reason? {
    do throws(FolderFault) {
      try requireOwn(path, privacy)
      return nil
    } catch {
      #expect(error.path == path && error.description.hasPrefix("\(path): "))
      return error.reason
    }
  }

  @Test func othersMayLookOrNot() throws {
    try withTemporaryFolder { folder in
      for mode: mode_t in [0o700, 0o755, 0o751] {
        let path = try Self.make(mode, in: folder)
        for privacy in [FolderPrivacy.visible, .shared] {
          #expect(Self.fault(path, privacy) == nil)
          #expect(try FileStatus(of: path).permissions == mode)
        }
        #expect(Self.fault(path, .closed) == nil)
        #expect(try FileStatus(of: path).permissions == 0o700)
      }
      #expect(Self.fault(folder.appending(path: "nothing").path, .closed) == nil)
    }
  }

  @Test func othersMayNotWrite() throws {
    try withTemporaryFolder { folder in
      let open = try Self.make(0o777, in: folder)
      for privacy in [FolderPrivacy.closed, .visible, .shared] {
        #expect(Self.fault(open, privacy) == .writable)
      }
      let sticky = try Self.make(0o1777, in: folder)
      #expect(Self.fault(sticky, .shared) == nil)
      #expect(Self.fault(sticky, .visible) == .writable)
      let file = folder.appending(path: "file").path
      try Data().write(to: URL(filePath: file))
      #expect(chmod(file, 0o602) == 0 && Self.fault(file, .visible) == .writable)
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func othersOwnNothing() throws {
    try withTemporaryFolder { folder in
      let foreign = try Self.make(0o700, in: folder, owner: 65_534)
      for privacy in [FolderPrivacy.closed, .visible, .shared] {
        #expect(Self.fault(foreign, privacy) == .foreign(65_534))
      }
      // A link to it is no better.
      let link = folder.appending(path: "link").path
      #expect(symlink(foreign, link) == 0 && Self.fault(link, .visible) == .foreign(65_534))
      // A group that others are in; root's own group has nobody else.
      let shared = try Self.make(0o770, in: folder, group: 65_534)
      #expect(Self.fault(shared, .visible) == .writable)
      let alone = try Self.make(0o770, in: folder, group: 0)
      #expect(Self.fault(alone, .visible) == nil && Self.fault(alone, .closed) == nil)
      #expect(try FileStatus(of: alone).permissions == 0o700)
    }
  }

  @Test func linksInAFolderAreNotOpened() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: folder.appending(path: "file"))
      #expect(symlink("file", folder.appending(path: "link").path) == 0)
      let opened = try FileDescriptor(opening: folder.path, O_RDONLY | O_DIRECTORY)
      let file = try FileDescriptor(opening: "file", in: opened, O_RDONLY)
      #expect(try file.readAll() == Array("x".utf8))
      for (name, code) in [("link", ELOOP), ("../x", EINVAL), ("none", ENOENT)] {
        #expect(throws: Errno(code)) {
          let file = try FileDescriptor(opening: name, in: opened, O_RDONLY)
          _ = consume file
        }
      }
    }
  }
}
