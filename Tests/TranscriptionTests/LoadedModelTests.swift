import Checkpoint
import Foundation
import Models
import Recognition
import TestSupport
import Testing
import Transcription

@Suite struct LoadedModelTests {
  private let file = Fixtures.committed.appending(path: "hybrid/hybrid.nemo").path

  @Test func aPathIsTakenAsItIs() throws {
    let model = try LoadedModel(file, decoder: .ctc, precision: .float32)
    #expect(model.name == file && model.checkpoint.path == file)
    #expect(model.speech.precision == .float32 && model.loadSeconds > 0)
  }

  @Test func aNameIsLookedUpInTheStore() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(roots: [folder.path])
      let imported = try store.importModel(from: file, name: "m")
      let model = try LoadedModel("m", in: store)
      #expect(model.name == "m" && model.checkpoint.path == imported.path)
    }
  }

  @Test func whatCannotBeLoadedSaysWhy() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(roots: [folder.path])
      let missing = ModelError.notFound(name: "none", searched: [folder.path])
      #expect(throws: missing) { try LoadedModel("none", in: store) }
    }
    let transducer = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
    #expect(throws: RecognitionError.noDecoder(path: transducer, .ctc)) {
      try LoadedModel(transducer, decoder: .ctc)
    }
  }
}
