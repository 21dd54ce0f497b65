import Checkpoint
import Foundation
import Models
import Recognition
import TestSupport
import Testing

/// Folders of other programs hold the models that those programs run.
@Suite struct FolderTests {
  private static let folders = Fixtures.committed.appending(path: "folders")

  private func rows(
    _ model: String, _ golden: URL, _ recording: String
  ) throws -> [GoldenComparison.Row] {
    let samples = try Recordings.samples(
      Fixtures.committed.appending(path: "wav/\(recording).wav"))
    let recognizer = try Recognizer(
      SpeechModel(Checkpoint.open(model), precision: .float32), threads: 1)
    let file = try SafetensorsFile(path: golden.path)
    return try samples.withUnsafeBufferPointer {
      try GoldenComparison.compare(file, samples: $0, with: recognizer)
    }
  }

  /// What transformers compute, in place and imported.
  @Test(arguments: [
    ("ctc", ["ctc.logprobs", "ctc.token_frames", "ctc.token_ids", "encoder", "features"]),
    (
      "rnnt",
      [
        "encoder", "features", "joint.enc_projected", "joint.logits", "pred.projected",
        "tokens.frames", "tokens.ids",
      ]
    ),
    (
      "tdt",
      [
        "encoder", "features", "joint.enc_projected", "joint.logits", "pred.projected",
        "tokens.frames", "tokens.ids",
      ]
    ),
  ])
  func hearsWhatTransformersHear(kind: String, expected: [String]) throws {
    let folder = Self.folders.appending(path: kind).path
    let store = try TemporaryFolder()
    let imported = try ModelStore(roots: [store.path]).importModel(from: folder)
    #expect(imported.name == kind)
    for model in [folder, imported.path] {
      let rows = try rows(model, Self.folders.appending(path: "\(kind).safetensors"), "s170")
      #expect(rows.map(\.name) == expected)
      for row in rows {
        #expect(row.passes, "\(kind): \(row.name) \(row.shape) differs by \(row.absolute)")
        print("\(kind): \(row.name) differs by \(row.absolute)")
      }
    }
  }

  /// NeMo's own goldens hold for the same model in MLX's layout.
  @Test func hearsWhatNeMoHearsInTheLayoutOfMLX() throws {
    let folder = Self.folders.appending(path: "mlx").path
    let store = try TemporaryFolder()
    let imported = try ModelStore(roots: [store.path]).importModel(from: folder)
    for model in [folder, imported.path] {
      let golden = Fixtures.committed.appending(path: "layernorm/s030.safetensors")
      let rows = try rows(model, golden, "s030")
      #expect(rows.count > 50)
      for row in rows { #expect(row.passes, "\(row.name) \(row.shape) differs by \(row.absolute)") }
    }
  }

  /// What texts are cut into is the same too, for vocabularies are written with it.
  @Test func cutsTextsAsTheOriginalDoes() throws {
    let original = try Checkpoint.open(
      Fixtures.committed.appending(path: "v2like/v2like.nemo").path)
    let reference = try Tokenizer(model: original.tokenizerModel)
    let folder = try Checkpoint.open(Self.folders.appending(path: "tdt").path)
    let tokenizer = try Tokenizer(model: folder.tokenizerModel)
    #expect(tokenizer.count == reference.count)
    for text in [
      "hello world", "the quick brown fox jumps over the lazy dog", "a", "kubernetes webhook retry",
      "  two  blanks ", "don't stop-it", "parakeet in the tree and at the sea",
    ] {
      #expect(tokenizer.encode(text) == reference.encode(text), "\(text)")
    }
    #expect(tokenizer.decode([1, 2, 3]) == reference.decode([1, 2, 3]))
  }
}
