import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing
import Transcription

/// Recordings of more than a minute, cut into windows.
@Suite struct LongFormTests {
  private static let rate = 16_000

  /// The committed inputs over and over, with pauses of digital silence between them.
  private static func recording(seconds: Int, pause: Double = 0.6) throws -> [Float] {
    let inputs = try ["s640", "s170", "s030"].map { try Recordings.committed($0) }
    let silence = [Float](repeating: 0, count: Int(pause * Double(rate)))
    var samples: [Float] = []
    while samples.count < seconds * rate {
      for input in inputs { samples += input + silence }
    }
    return Array(samples.prefix(seconds * rate))
  }

  /// Noise of one loudness from start to end.
  private static func noise(seconds: Double) -> [Float] {
    var numbers = Seeded(50)
    return numbers.floats(Int(seconds * Double(rate)), in: -0.1...0.1)
  }

  /// Sample offsets at which windows ended, the end of the recording included.
  private static func windows(
    _ samples: [Float], _ recognizer: Recognizer, inPiecesOf size: Int = .max
  ) throws -> [Int] {
    var transcriber = LongFormTranscriber(recognizer: recognizer)
    try transcriber.feed(samples, inPiecesOf: size)
    _ = try transcriber.finish()
    return transcriber.windowEnds
  }

  @Test(arguments: ["v2like", "hybrid"]) func piecesOfAnySizeGiveTheSame(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    for seconds in [75, 100] {
      let samples = try Self.recording(seconds: seconds)
      let whole = try recognizer.transcribe(samples, inPiecesOf: samples.count)
      #expect(whole.tokens.count > 50)
      for size in [160, 4_097, 16_000 * 31] {
        let pieces = try recognizer.transcribe(samples, inPiecesOf: size)
        #expect(pieces == whole, "\(variant), \(seconds) s in pieces of \(size)")
      }
    }
  }

  /// Where a window ends must not depend on how much of the recording is there already.
  @Test func aPauseAtTheEndOfAWindowIsCutTheSameWay() throws {
    let recognizer = try Recognizer.committed("hybrid")
    for offset in stride(from: 29.2, through: 30.4, by: 0.16) {
      var samples = Self.noise(seconds: 95)
      // The third window starts at 40 s; in pieces it ends as soon as a bit over 30 s are there.
      for pause in [19.84, 39.84, 39.84 + offset] {
        for index in Int(pause * 16_000)..<Int((pause + 0.32) * 16_000) { samples[index] *= 0.1 }
      }
      let whole = try Self.windows(samples, recognizer)
      #expect(whole.prefix(2) == [20 * Self.rate, 40 * Self.rate])
      let pieces = try Self.windows(samples, recognizer, inPiecesOf: 160)
      #expect(pieces == whole, "pause \(offset) s after the start of a window")
    }
  }

  @Test func evenSingleSamplesWillDo() throws {
    let recognizer = try Recognizer.committed("v2like")
    let samples = try Recordings.committed("s170")
    let pieces = try recognizer.transcribe(samples, inPiecesOf: 1)
    #expect(try pieces == recognizer.transcribe(samples))
    #expect(!pieces.tokens.isEmpty)
  }

  @Test func upToAMinuteIsOnePass() throws {
    let recognizer = try Recognizer.committed("v2like")
    let samples = try Self.recording(seconds: 60)
    #expect(try Self.windows(samples, recognizer) == [samples.count])
    let onePass = try recognizer.transcribe(samples)
    #expect(try recognizer.transcribe(samples, inPiecesOf: 4_097) == onePass)
    #expect(try Self.windows(samples + [0], recognizer).count == 3)
  }

  @Test func fullContextIsOnePassAtAnyLength() throws {
    let recognizer = try Recognizer.committed("hybrid")
    let samples = try Self.recording(seconds: 90)
    let onePass = try recognizer.transcribe(samples)
    let full = try recognizer.transcribe(samples, inPiecesOf: 16_000, fullContext: true)
    #expect(full == onePass)
    // The test would see nothing if windows made no difference.
    #expect(try recognizer.transcribe(samples, inPiecesOf: 16_000) != onePass)
  }

  @Test func windowsEndInPausesAndAreNoLongerThanThirtySeconds() throws {
    let recognizer = try Recognizer.committed("hybrid")
    for (seconds, pause) in [(75, 0.6), (100, 0.5), (180, 1)] {
      let samples = try Self.recording(seconds: seconds, pause: pause)
      let ends = try Self.windows(samples, recognizer)
      #expect(ends.last == samples.count)
      for (start, end) in zip([0] + ends, ends) {
        #expect(end - start <= 30 * Self.rate, "\(seconds) s: a window of \(end - start) samples")
        guard end < samples.count else { continue }
        #expect(end - start >= 15 * Self.rate)
        #expect(end.isMultiple(of: recognizer.model.samplesPerFrame))
        // Silent for 160 ms on both sides.
        let around = samples[end - 2_560..<min(end + 2_560, samples.count)]
        #expect(around.allSatisfy { $0 == 0 }, "\(seconds) s: cut at sample \(end)")
      }
    }
    // Without a pause too.
    let ends = try Self.windows(Self.noise(seconds: 95), recognizer)
    #expect(zip([0] + ends, ends).allSatisfy { $1 - $0 <= 30 * Self.rate })
  }

  /// Frames count from the start of the recording, and the decoder goes on where it was.
  @Test(arguments: [DecoderChoice.tdt, .ctc]) func framesAreAbsolute(
    _ decoder: DecoderChoice
  ) throws {
    let recognizer = try Recognizer.committed("hybrid", decoder: decoder)
    let samples = try Self.recording(seconds: 100)
    let transcript = try recognizer.transcribe(samples, inPiecesOf: 4_097)
    var expected: [Token] = []
    var start = 0
    var state = recognizer.model.start
    for end in try Self.windows(samples, recognizer) {
      expected += try samples[start..<end].withUnsafeBufferPointer {
        try recognizer.tokens(of: $0, continuing: &state)
      }
      start = end
      let frames = (end + recognizer.model.samplesPerFrame - 1) / recognizer.model.samplesPerFrame
      #expect(state.frame == frames)
    }
    #expect(transcript.tokens == expected)
    #expect(zip(expected, expected.dropFirst()).allSatisfy { $0.frame <= $1.frame })
    #expect(expected.contains { $0.frame > 80 * Self.rate / recognizer.model.samplesPerFrame })
    #expect(transcript.tokenTimes.count == expected.count)
  }

  @Test func nothingGivesNothing() throws {
    let recognizer = try Recognizer.committed("hybrid")
    #expect(try recognizer.transcribe([], inPiecesOf: 1).tokens.isEmpty)
    #expect(try recognizer.transcribe([0.5], inPiecesOf: 1).text.isEmpty)
  }
}
