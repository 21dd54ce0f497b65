import Audio
import Foundation
import TestSupport
import Testing

/// Damaged files may fail or give wrong sound, never crash or give anything but numbers.
@Suite struct MutationTests {
  @Test(arguments: ["digits_03_mulaw_8k.wav", "counter.flac", "tone.ogg", "tone.aiff"])
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
}
