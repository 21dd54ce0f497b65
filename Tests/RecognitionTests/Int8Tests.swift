import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// Int8 weights against float ones: the words must be the same.
@Suite struct Int8Tests {
  private static let variants = [
    "v2like", "hybrid", "v3like", "rnnt", "ctc", "maxsym", "layernorm", "sigmoid",
  ]
  private static let recordings = ["s030", "s170", "s640"]

  /// Tokens of all committed models and recordings: of a hundred, 99 must be the same.
  @Test func tokensAreThoseOfFloats() throws {
    var (same, all) = (0, 0)
    for variant in Self.variants {
      for decoder in try Self.decoders(of: variant) {
        let floats = try Recognizer.committed(variant, decoder: decoder)
        let integers = try Recognizer.committed(variant, decoder: decoder, precision: .int8)
        for name in Self.recordings {
          let samples = try Recordings.committed(name)
          let expected = try floats.transcribe(samples).tokens.map(\.id)
          let found = try integers.transcribe(samples).tokens.map(\.id)
          let kept = expected.count - found.difference(from: expected).removals.count
          print("\(variant) \(decoder) \(name): \(kept) of \(expected.count), \(found.count)")
          same += kept
          all += max(expected.count, found.count)
        }
      }
    }
    #expect(Double(same) >= 0.99 * Double(all), "\(same) of \(all) tokens are the same")
  }

  /// Rounded on load or stored rounded, the weights are the same.
  @Test func anImportedModelGivesTheSame() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(roots: [folder.path])
      let source = Fixtures.committed.appending(path: "v2like/v2like.nemo")
      let model = try store.importModel(from: source.path, precision: .int8)
      let stored = try Recognizer(checkpoint: Checkpoint.open(model.path))
      #expect(stored.precision == .int8)
      let loaded = try Recognizer.committed("v2like", precision: .int8)
      for name in Self.recordings {
        let samples = try Recordings.committed(name)
        let (expected, found) = (try loaded.transcribe(samples), try stored.transcribe(samples))
        #expect(found.decisions == expected.decisions)
        #expect(found.tokens.map(\.logProbability) == expected.tokens.map(\.logProbability))
      }
    }
  }

  @Test func storedIntegersAreNoFloats() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(roots: [folder.path])
      let source = Fixtures.committed.appending(path: "v2like/v2like.nemo")
      let model = try store.importModel(from: source.path, precision: .int8)
      #expect(throws: RecognitionError.self) {
        try Recognizer(checkpoint: Checkpoint.open(model.path), precision: .float32)
      }
    }
  }

  private static func decoders(of variant: String) throws -> [DecoderChoice] {
    let file = Fixtures.committed.appending(path: "\(variant)/\(variant).nemo")
    return Recognizer.decoders(of: try Checkpoint.open(file.path).configuration)
  }
}
