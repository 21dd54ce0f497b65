import Audio
import Foundation
import TestSupport
import Testing

/// Damaged files may fail or give wrong sound, never crash or give anything but numbers.
@Suite struct MutationTests {
  @Test(arguments: [
    "digits_03_mulaw_8k.wav", "counter.flac", "tone.ogg", "tone.aiff", "tone.opus", "tone.mp3",
  ])
  func damagedFilesGiveErrorsOrFiniteSamples(name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording(name))).prefix(6_000)
    for seed in 0..<150 {
      var random = Seeded(UInt64(seed))
      var bytes = Data(whole)
      for _ in 0...Int.random(in: 0..<8, using: &random) {
        // Most damage goes to the header, where the decisions are made.
        let end = Bool.random(using: &random) ? 64 : bytes.count
        bytes[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if seed % 5 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      try withFile(bytes) { path in
        guard let read = try? samples(path, converter: "no-such-program") else { return }
        #expect(read.allSatisfy { $0.isFinite }, "seed \(seed)")
      }
    }
  }

  /// Lengths and places in headers may be anything.
  @Test(arguments: PCMFile.allCases) func damagedHeadersGiveErrorsOrSamples(_ kind: PCMFile) throws
  {
    let whole = kind.bytes((0..<400).map { Int16(truncatingIfNeeded: $0 &* 7_919) })
    for seed in 0..<150 {
      var random = Seeded(UInt64(seed))
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 4..<100, using: &random)
        for index in place..<place + (seed % 3 == 0 ? 1 : seed % 3 * 4) {
          bytes[index] = [0, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
        }
      }
      try withFile(bytes) { path in
        guard let file = try? AudioFile(path: path, converter: "no-such-program") else { return }
        _ = try? file.readAll()
        #expect(file.warnings.allSatisfy { $0.reason.count < 1_000 }, "seed \(seed)")
      }
    }
  }
}
