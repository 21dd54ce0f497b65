import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// Every tensor of every golden file, recomputed.
struct GoldenTests {
  @Test func everyTensorEqualsNeMos() throws {
    var largest: [GoldenComparison.Kind: Float] = [:]
    let cases = try GoldenCase.all()
    for test in cases {
      for row in try rows(of: test) {
        #expect(row.passes, "\(test): \(row.name) \(row.shape) differs by \(row.absolute)")
        largest[row.kind] = max(largest[row.kind] ?? 0, row.absolute)
      }
    }
    let places = Fixtures.shared == nil ? "the committed" : "the committed and the full"
    print("golden tensors: \(cases.count) files of \(places) set; largest difference per kind:")
    for kind in GoldenComparison.Kind.allCases {
      print("  \(kind.rawValue): \(largest[kind] ?? 0), tolerated \(kind.tolerance)")
    }
  }

  /// Compares with all heads of the model, and checks that nothing was left out.
  private func rows(of test: GoldenCase) throws -> [GoldenComparison.Row] {
    let golden = try SafetensorsFile(path: test.tensors.path)
    let checkpoint = try Checkpoint.open(test.model.path)
    let samples = try Recordings.samples(test.recording)
    let recognizer = try Recognizer(
      SpeechModel(checkpoint, attention: test.attention, precision: .float32), threads: 2)
    var rows = try samples.withUnsafeBufferPointer {
      try GoldenComparison.compare(golden, samples: $0, with: recognizer)
    }
    var expected = Set(golden.tensors.keys)
    expected.subtract(["pred.sequence", "joint.t_index", "joint.u_index", "steps.logits_index"])
    #expect(expected == Set(rows.map(\.name)), "\(test)")
    if test.hasLeak { rows.removeAll { $0.name.hasSuffix("_tail") } }
    return rows
  }
}
