import Foundation
import System
import TestSupport
import Testing
import Transcription

/// Which recordings a run has.
@Suite struct InputTests {
  private static let sound = Array("fLaC".utf8)

  private static func withFiles(_ names: [String], _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in names {
        let path = "\(folder.path)/\(name)"
        try makeFolders(FilePath(path).folder?.spelling ?? "")
        try replaceFile(path, with: name.hasSuffix(".txt") ? Array("text".utf8) : sound)
      }
      try body(folder.path)
    }
  }

  private static func paths(_ collection: InputCollection, below folder: String) -> [String] {
    collection.inputs.map { $0.path.replacing("\(folder)/", with: "") }
  }

  @Test func foldersGiveWhatIsRecordings() throws {
    let odd = FilePath(bytes: [0x62, 0xE9]).spelling
    try Self.withFiles(["b/2", "b/1.dat", "a.wav", "notes.txt", "b/c/\(odd)/3.mp3"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link.wav", withDestinationPath: "b/2")
      // Round and round.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/b/loop", withDestinationPath: "..")
      var collection = InputCollection()
      collection.add(folder)
      #expect(
        Self.paths(collection, below: folder)
          == ["a.wav", "b/1.dat", "b/2", "b/c/\(odd)/3.mp3", "link.wav"])
      #expect(collection.failures == [] && collection.isList)
    }
  }

  @Test func emptyFoldersAreTold() throws {
    try Self.withFiles(["a/notes.txt"]) { folder in
      var collection = InputCollection()
      collection.add("\(folder)/a")
      #expect(collection.failures == [.noRecordings("\(folder)/a")])
      #expect(collection.inputs == [] && collection.isList)
    }
  }

  @Test func oneNameIsNoList() {
    var collection = InputCollection()
    collection.add("/no/such.wav")
    #expect(!collection.isList)
    collection.add("-")
    #expect(collection.isList && collection.inputs.map(\.path) == ["/no/such.wav", "-"])
  }

  @Test func listsEndNamesInTwoWays() {
    var lines = InputCollection()
    lines.add(list: Array("a\n\nb c\n-".utf8), separator: 10)
    #expect(lines.inputs.map(\.path) == ["a", "b c", "./-"])
    var zeros = InputCollection()
    zeros.add(list: Array("a\nb\0".utf8) + [0xE9, 0], separator: 0)
    #expect(zeros.inputs.map { FilePath($0.path).bytes } == [[97, 10, 98], [0xE9]])
    #expect(zeros.isList)
  }
}
