import Foundation
import System
import TestSupport
import Testing

@Suite struct FolderTests {
  @Test func allThatAreMissingAreMade() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a/b/c").path
      for written in [path, path + "/", folder.appending(path: "a//b/c").path] {
        try makeFolders(written)
      }
      for made in ["a", "a/b", "a/b/c"] {
        let status = try FileStatus(of: folder.appending(path: made).path)
        #expect(status.kind == .directory && status.permissions == 0o700)
      }
      try makeFolders("/")
      try makeFolders(".")
    }
  }

  @Test func linksToFoldersAreFolders() throws {
    try withTemporaryFolder { folder in
      let files = FileManager.default
      let link = folder.appending(path: "link").path
      try files.createSymbolicLink(atPath: link, withDestinationPath: "target")
      #expect(throws: Errno(EEXIST)) { try makeFolders(link) }
      try makeFolders(folder.appending(path: "target").path)
      try makeFolders(link + "/inside")
      #expect(folderEntries(link) == ["inside"])
    }
  }

  @Test func whatLiesInTheWayIsSaid() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "file").path
      try Data().write(to: URL(filePath: file))
      #expect(throws: Errno(EEXIST)) { try makeFolders(file) }
      #expect(throws: Errno(ENOTDIR)) { try makeFolders(file + "/inside/it") }
      #expect(throws: Errno(ENOENT)) { try makeFolders("") }
      #expect(folderEntries(file) == [] && folderEntries(file + "/none") == [])
    }
  }

  @Test func parentsFollowFromThePath() {
    let parents = [
      "/a/b": "/a", "/a/b/": "/a", "a/b": "a", "/a": "/", "/a//b": "/a/", "./a": ".",
    ]
    for (path, parent) in parents { #expect(FilePath(path).folder?.spelling == parent, "\(path)") }
    for path in ["a", "", "/", "a/"] { #expect(FilePath(path).folder?.spelling == nil, "\(path)") }
  }
}
