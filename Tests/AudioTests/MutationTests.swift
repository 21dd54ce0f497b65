import Audio
import Foundation
import Testing

/// Damaged files may fail or give wrong sound, never crash or give anything but numbers.
@Suite struct MutationTests {
  @Test(arguments: ["digits_03_mulaw_8k.wav", "counter.flac", "tone.ogg", "tone.aiff"])
  func damagedFilesGiveErrorsOrFiniteSamples(name: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording(name))).prefix(6_000)
    for seed in 0..<150 {
      var random = SplitMix(state: UInt64(seed))
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

/// A small seeded generator, the same on every machine.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
