import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// NeMo's results for several recordings in one zero-padded batch: what the engine, which takes one
/// at a time, must find too.
@Suite struct BatchGoldenTests {
  @Test func batchesEqualSingleRecordings() throws {
    var compared = 0
    for folder in Fixtures.golden {
      let batch = folder.appending(path: "batch")
      for file in try FileManager.default.contentsOfDirectory(atPath: batch.path).sorted()
      where file.hasSuffix(".safetensors") {
        let variant = String(file.dropLast(".safetensors".count))
        let golden = try SafetensorsFile(path: batch.appending(path: file).path)
        let model = folder.appending(path: "\(variant)/\(variant).nemo")
        let recognizer = try Recognizer(
          SpeechModel(Checkpoint.open(model.path), precision: .float32), threads: 2)
        let names = Set(golden.tensors.keys.compactMap { $0.split(separator: ".").first })
        for name in names.sorted() {
          let recording = folder.appending(path: "wav/\(name).wav")
          // The longest recordings are only in the full set.
          guard FileManager.default.fileExists(atPath: recording.path) else { continue }
          try compare(golden, String(name), try Recordings.samples(recording), recognizer)
          compared += 1
        }
      }
    }
    #expect(compared >= 3)
    print("batch goldens: \(compared) recordings")
  }

  private func compare(
    _ golden: SafetensorsFile, _ name: String, _ samples: [Float], _ recognizer: Recognizer
  ) throws {
    let rows = try samples.withUnsafeBufferPointer {
      try GoldenComparison.compare(golden, samples: $0, with: recognizer) { tensor in
        // In a batch NeMo notes durations of blanks on the way too, where those of one recording
        // are the tokens' own. Its frames show how far it really went.
        let isOwn = tensor.hasPrefix("\(name).") && !tensor.hasSuffix(".durations")
        return isOwn ? String(tensor.dropFirst(name.count + 1)) : nil
      }
    }
    let expected = ["encoder", "tokens.frames", "tokens.ids"]
    #expect(rows.map(\.name) == expected.map { "\(name).\($0)" })
    for row in rows { #expect(row.passes, "\(row.name) differs by \(row.absolute)") }
  }
}
