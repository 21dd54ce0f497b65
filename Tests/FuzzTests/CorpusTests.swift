import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What fuzzing found worth keeping is given to the parsers again; `make fuzz` finds more.
@Suite struct CorpusTests {
  private static let folder = Fixtures.repository.appending(path: "Tests/Fuzz/Corpus")

  @Test(arguments: FuzzTarget.allCases) func replays(target: FuzzTarget) throws {
    let folder = Self.folder.appending(path: target.rawValue)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    target.run([])
    for file in files { target.run(Array(try Data(contentsOf: file))) }
  }
}
