import Foundation
import Service
import System
import TestSupport
import Testing

@Suite struct ConfigurationTrustTests {
  /// A configuration names programs to run, and words to write.
  @Test func othersDoNotDecideWhatIsSet() throws {
    try withTemporaryFolder { folder in
      func fault(_ body: () throws -> Void) -> FolderFault? {
        do {
          try body()
          return nil
        } catch ConfigurationError.untrusted(let fault) {
          return fault
        } catch {
          Issue.record("\(error)")
          return nil
        }
      }
      let home = folder.appending(path: "utter").path
      let file = home + "/config.toml"
      func load() -> FolderFault? {
        fault { _ = try Configuration.load(environment: ["XDG_CONFIG_HOME": folder.path]) }
      }
      try makeFolders(home + "/vocabulary")
      try Data("[audio]\n".utf8).write(to: URL(filePath: file))
      for (path, mode, usual) in [
        (home, 0o777, 0o755), (file, 0o666, 0o644), (home + "/vocabulary", 0o777, 0o700),
      ] as [(String, mode_t, mode_t)] {
        #expect(chmod(path, mode) == 0)
        #expect(load() == FolderFault(path: path, .writable))
        if path != home + "/vocabulary" {
          let set = fault { try Configuration.set("audio.device", to: "x", file: file) }
          #expect(set?.path == path)
        }
        #expect(chmod(path, usual) == 0)
        #expect(load() == nil)
      }
    }
  }
}
