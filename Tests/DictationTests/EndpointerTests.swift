import Dictation
import Testing

/// Speech and silence told apart, without a model.
@Suite struct EndpointerTests {
  /// Every change, and the endpointer after the last sample.
  static func changes(
    _ samples: [Float], inPiecesOf size: Int = .max
  ) -> (changes: [Endpointer.Change], endpointer: Endpointer) {
    var endpointer = Endpointer()
    var changes: [Endpointer.Change] = []
    samples.withUnsafeBufferPointer { samples in
      var rest = samples[...]
      while !rest.isEmpty {
        let step = rest.prefix(min(size, endpointer.missingSamples))
        if let change = endpointer.feed(UnsafeBufferPointer(rebasing: step)) {
          changes.append(change)
        }
        rest = rest.dropFirst(step.count)
      }
    }
    return (changes, endpointer)
  }

  /// What a microphone gives while nobody speaks.
  static let silences: [(name: String, samples: [Float])] = [
    ("digital silence", Signals.silence(3)),
    ("noise at -60 dB", Signals.noise(3, level: -60)),
    ("50 Hz at -20 dB", Signals.buzz(3, pitch: 50, overtones: 1, level: -20)),
    ("50 Hz with overtones", Signals.buzz(3, pitch: 50, overtones: 4, level: -50)),
    ("an offset", [Float](repeating: 0.2, count: 48_000)),
    ("a click", Signals.silence(1) + [0.9] + Signals.silence(1)),
    ("a click of 10 ms", Signals.silence(1) + Signals.noise(0.01, level: -15) + Signals.silence(1)),
    ("no numbers", [Float](repeating: .nan, count: 16_000) + Signals.silence(1)),
    ("noise after silence", Signals.silence(1) + Signals.noise(3, level: -62)),
  ]

  @Test(arguments: silences.indices) func silenceIsNoSpeech(_ index: Int) {
    let (name, samples) = Self.silences[index]
    let (changes, endpointer) = Self.changes(samples)
    #expect(changes.isEmpty && !endpointer.isSpeech, "\(name)")
    #expect(endpointer.frames == samples.count / Endpointer.frameLength)
  }

  @Test func speechIsHeardInNoise() throws {
    for level in [-75.0, -60, -50] {
      let noise = Signals.noise(6, level: level)
      let speech = Signals.silence(3) + Signals.syllables(1.25) + Signals.silence(1.75)
      let (changes, _) = Self.changes(zip(noise, speech).map(+))
      guard changes.count == 2, case .started(let start) = changes[0],
        case .ended(let end) = changes[1]
      else {
        Issue.record("in noise at \(level) dB: \(changes)")
        continue
      }
      #expect((300...312).contains(start), "in noise at \(level) dB")
      #expect((413...426).contains(end), "in noise at \(level) dB")
    }
  }

  @Test func aPauseNeedsThreeHundredMilliseconds() {
    for (pause, spans) in [(0.2, 1), (0.5, 2)] {
      let samples =
        Signals.silence(0.5) + Signals.syllables(1) + Signals.silence(pause)
        + Signals.syllables(1) + Signals.silence(0.5)
      #expect(Self.changes(samples).changes.count == 2 * spans, "a pause of \(pause) s")
    }
  }

  @Test func piecesMakeNoDifference() throws {
    let samples = try Signals.digitsWithPauses()
    let (whole, endpointer) = Self.changes(samples)
    #expect(whole.count >= 6)
    for size in [1, 7, 159, 4_097] {
      let (pieces, after) = Self.changes(samples, inPiecesOf: size)
      #expect(pieces == whole, "pieces of \(size)")
      #expect(after.quietFrames == endpointer.quietFrames)
    }
  }

  @Test func theQuietestPointIsFound() {
    var samples = Signals.syllables(5)
    for index in 51_200..<54_400 { samples[index] *= 0.05 }
    var (_, endpointer) = Self.changes(samples)
    #expect(endpointer.quietest(of: stride(from: 16, to: 484, by: 8)) == 328)
    #expect(endpointer.quietest(of: []) == nil)
    endpointer.keepFrames(100)
    #expect(endpointer.quietest(of: 400..<500) != nil)
  }
}
