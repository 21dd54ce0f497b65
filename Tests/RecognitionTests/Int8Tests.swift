import Checkpoint
import Foundation
import Models
import Recognition
import TestSupport
import Testing

/// Int8 weights against float ones.
@Suite struct Int8Tests {
  private static let recordings = ["s030", "s170", "s640"]

  /// Every layer of the golden models is as near to NeMo's as eight bits allow.
  ///
  /// Their random weights decide near ties in every frame, so that tokens say little; what all
  /// decisions come from does.
  @Test func layersDeviateLittle() throws {
    var largest: [GoldenComparison.Kind: Float] = [:]
    for test in try GoldenCase.all() {
      let golden = try SafetensorsFile(path: test.tensors.path)
      let model = try SpeechModel(
        try Checkpoint.open(test.model.path), attention: test.attention, precision: .int8)
      let recognizer = try Recognizer(model, threads: 2)
      let samples = try Recordings.samples(test.recording)
      let rows = try samples.withUnsafeBufferPointer {
        try GoldenComparison.compare(golden, samples: $0, with: recognizer)
      }
      // What the joint network projects is no layer: two models cancel most of the encoder's output
      // there, and with it nothing of its error.
      for row in rows
      where row.kind == .encoder && !row.name.hasSuffix("_tail") && !row.name.hasPrefix("joint.") {
        #expect(row.deviation < 0.03, "\(test): \(row.name) deviates by \(row.deviation)")
        largest[row.kind] = max(largest[row.kind] ?? 0, row.deviation)
      }
    }
    print("int8: largest deviation of a layer: \(largest[.encoder] ?? 0)")
  }

  /// The model that comes with the program hears the same words.
  @Test func wordsAreThoseOfFloats() throws {
    let folder = Fixtures.repository.appending(path: "models/starter-en").path
    let checkpoint = try Checkpoint.open(folder)
    let floats = try Recognizer(SpeechModel(checkpoint, precision: .float32), threads: 2)
    let integers = try Recognizer(SpeechModel(checkpoint, precision: .int8), threads: 2)
    let audio = Fixtures.committed.appending(path: "audio")
    let names = try FileManager.default.contentsOfDirectory(atPath: audio.path).filter {
      $0.hasSuffix(".flac")
    }
    #expect(names.count >= 3)
    var (same, all) = (0, 0)
    for name in names {
      let samples = try Recordings.samples(audio.appending(path: name))
      let expected = try floats.transcribe(samples).tokens.map(\.id)
      let found = try integers.transcribe(samples).tokens.map(\.id)
      same += expected.count - found.difference(from: expected).removals.count
      all += max(expected.count, found.count)
    }
    #expect(Double(same) >= 0.99 * Double(all), "\(same) of \(all) tokens are the same")
    print("int8: \(same) of \(all) tokens of \(names.count) recordings are the same")
  }

  /// Rounded on load or stored rounded, the weights are the same.
  @Test func anImportedModelGivesTheSame() throws {
    try withTemporaryFolder { folder in
      let stored = try Recognizer(SpeechModel(Self.imported(into: folder)))
      #expect(stored.model.precision == .int8)
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
      let checkpoint = try Self.imported(into: folder)
      #expect(throws: RecognitionError.self) {
        try SpeechModel(checkpoint, precision: .float32)
      }
    }
  }

  private static func imported(into folder: URL) throws -> Checkpoint {
    let source = Fixtures.committed.appending(path: "v2like/v2like.nemo")
    let store = ModelStore(roots: [folder.path])
    let format = WeightFormat(.int8, rounding: Int8Policy.rounds)
    return try Checkpoint.open(store.importModel(from: source.path, format: format).path)
  }
}
