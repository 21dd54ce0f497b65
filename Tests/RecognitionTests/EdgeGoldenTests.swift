import Checkpoint
import Foundation
import Kernels
import Recognition
import TestSupport
import Testing

/// Features and encoder outputs for awkward lengths, silence and an impulse.
@Suite struct EdgeGoldenTests {
  private static let lengths = [
    1, 100, 159, 160, 161, 319, 320, 400, 479, 1279, 1280, 1281, 2560, 4000,
  ]

  private let golden: SafetensorsFile
  private let recognizer: Recognizer

  init() throws {
    let file = Fixtures.committed.appending(path: "edge/edge.safetensors")
    golden = try SafetensorsFile(path: file.path)
    recognizer = try Recognizer.committed("v2like")
  }

  /// Compares everything that the file has for an input, `features.NAME` and `encoder.NAME`.
  private func compare(_ name: String, _ samples: [Float]) throws -> [GoldenComparison.Row] {
    try samples.withUnsafeBufferPointer { samples in
      try GoldenComparison.compare(golden, samples: samples, with: recognizer) {
        $0.hasSuffix(".\(name)") ? String($0.dropLast(name.count + 1)) : nil
      }
    }
  }

  @Test func everyLengthIsInTheFile() {
    let inputs = golden.tensors.keys.filter { $0.hasPrefix("in.") }
    #expect(Set(inputs) == Set(Self.lengths.map { "in.\($0)" } + ["in.impulse"]))
  }

  @Test(arguments: lengths) func awkwardLengths(_ length: Int) throws {
    let samples = Array(try golden.floats("in.\(length)").values)
    let rows = try compare("\(length)", samples)
    let isEmpty = length < 160
    #expect(rows.map(\.name) == (isEmpty ? [] : ["encoder.\(length)"]) + ["features.\(length)"])
    for row in rows { #expect(row.passes, "\(row.name) differs by \(row.absolute)") }
    if isEmpty {
      #expect(golden.tensors["encoder.\(length)"]?.shape == [0, 64])
      #expect(try recognizer.transcribe(samples).tokens.isEmpty)
    }
  }

  /// The mean of equal values is off by a rounding of 2e-6, which the deviation of 1e-5 turns into
  /// 0.16: only sums in torch's order come out the same.
  @Test func silence() throws {
    let rows = try compare("silence16000", [Float](repeating: 0, count: 16_000))
    #expect(rows.map(\.name) == ["features.silence16000"])
    for row in rows { #expect(row.passes, "\(row.name) differs by \(row.absolute)") }
  }

  @Test func impulse() throws {
    let rows = try compare("impulse", Array(try golden.floats("in.impulse").values))
    #expect(rows.map(\.name) == ["features.impulse"])
    for row in rows { #expect(row.passes, "\(row.name) differs by \(row.absolute)") }
  }

  /// The checkpoint carries the tables; nothing is worked out anew.
  @Test func windowAndFilterbankAreTheCheckpoints() throws {
    let file = Fixtures.committed.appending(path: "v2like/v2like.nemo")
    let checkpoint = try Checkpoint.open(file.path)
    for (stored, name) in [("window", "window"), ("fb", "mel_filterbank")] {
      let ours = try checkpoint.floats("preprocessor.featurizer.\(stored)").values
      #expect(try ours.elementsEqual(golden.floats(name).values), "\(name)")
    }
  }

  @Test func logMelBeforeNormalisation() throws {
    let expected = try golden.floats("logmel_unnormalised.1280")
    let plan = MelPlan(
      fftSize: 512, hop: 160, window: try golden.floats("window").values,
      filterbank: try golden.floats("mel_filterbank").values, mels: expected.shape[0],
      logGuard: 0x1p-24)
    let input = try golden.floats("in.1280").values
    var emphasized = [Float](repeating: 0, count: input.count)
    var found = [Float](repeating: 0, count: expected.values.count)
    var scratch = [Float](repeating: 0, count: plan.scratchCount)
    // The last column is the spare frame, zeros.
    let (frames, columns) = (expected.shape[1] - 1, expected.shape[1])
    emphasized.withUnsafeMutableBufferPointer { emphasized in
      found.withUnsafeMutableBufferPointer { found in
        scratch.withUnsafeMutableBufferPointer { scratch in
          guard let x = input.baseAddress, let y = emphasized.baseAddress,
            let energies = found.baseAddress, let room = scratch.baseAddress
          else { return }
          preemphasize(x, coefficient: 0.97, into: y, 0..<input.count)
          plan.logMel(
            UnsafeBufferPointer(emphasized), frames: 0..<frames,
            into: Matrix(energies, rows: frames, columns: plan.mels), scratch: room)
        }
      }
    }
    let gaps = (0..<frames * plan.mels).map {
      abs(found[$0] - expected.values[$0 % plan.mels * columns + $0 / plan.mels])
    }
    #expect(gaps.max() ?? .nan < 1e-3)
  }
}
