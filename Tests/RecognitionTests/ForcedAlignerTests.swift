import Foundation
import Recognition
import TestSupport
import Testing

/// Scores of tokens over frames that were decoded.
@Suite struct ForcedAlignerTests {
  /// Models, and the head that decodes.
  private static let engines: [(String, DecoderChoice)] = [
    ("hybrid", .tdt), ("hybrid", .ctc), ("rnnt", .tdt), ("v2like", .tdt), ("ctc", .ctc),
  ]

  private static func hear(
    _ recognizer: Recognizer, from frame: Int = 0
  ) throws -> (tokens: [Token], evidence: Evidence) {
    var state = recognizer.model.start
    state.frame = frame
    let evidence = Evidence()
    let tokens = try Recordings.committed("s170").withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, continuing: &state, evidence: evidence)
    }
    return (tokens, evidence)
  }

  /// Keeping evidence changes nothing that is decoded, and it tells of all frames.
  @Test(arguments: engines) func evidenceChangesNothing(_ name: String, _ head: DecoderChoice)
    throws
  {
    let recognizer = try Recognizer.committed(name, decoder: head)
    let (tokens, evidence) = try Self.hear(recognizer)
    var state = recognizer.model.start
    let plain = try Recordings.committed("s170").withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, continuing: &state)
    }
    #expect(tokens == plain && evidence.tokens == plain)
    #expect(evidence.frames == 0..<state.frame)
    #expect(
      evidence.labelScores.count
        == (recognizer.model.hasCTC ? state.frame * (recognizer.model.tokenizer.count + 1) : 0))
  }

  /// What was decoded explains its frames better than nearly the same with another token, from
  /// whatever token on.
  @Test(arguments: engines) func decodedTokensAreBest(_ name: String, _ head: DecoderChoice) throws
  {
    let recognizer = try Recognizer.committed(name, decoder: head)
    let aligner = ForcedAligner(recognizer.model)
    let (tokens, evidence) = try Self.hear(recognizer, from: 100)
    for count in [0, 1, 7, 8, 9, 17] where count < tokens.count {
      let frames = tokens[count].frame..<evidence.frames.upperBound
      let ids = tokens[count...].map(\.id)
      let own = aligner.score(ids, over: frames, after: count, in: evidence)
      #expect(own > -.infinity && own <= 0)
      // It is computed to the end where it is enough, and only there.
      for (least, expected) in [(own - 0.01, own), (own + 0.01, -.infinity)] where head == .tdt {
        #expect(
          aligner.score(ids, over: frames, after: count, in: evidence, above: least) == expected)
      }
      var others = ids
      others[0] = (others[0] + 1) % recognizer.model.tokenizer.count
      #expect(aligner.score(others, over: frames, after: count, in: evidence) < own)
      // With another token's state it is another probability, but for a CTC head.
      if count > 0, head == .tdt {
        #expect(aligner.score(ids, over: frames, after: count - 1, in: evidence) != own)
      }
    }
  }

  /// A way over all frames is one over the first of them, and one over the rest: from states that
  /// were kept, and from those that are computed again.
  @Test func partsAddUp() throws {
    let recognizer = try Recognizer.committed("rnnt")
    let aligner = ForcedAligner(recognizer.model)
    let (tokens, evidence) = try Self.hear(recognizer)
    let ids = tokens.map(\.id)
    let all = evidence.frames
    let whole = aligner.score(ids, over: all, after: 0, in: evidence)
    for count in 1..<min(tokens.count, 20) where tokens[count].frame > tokens[count - 1].frame {
      let cut = tokens[count].frame
      let parts =
        aligner.score(Array(ids[..<count]), over: all.lowerBound..<cut, after: 0, in: evidence)
        + aligner.score(
          Array(ids[count...]), over: cut..<all.upperBound, after: count, in: evidence)
      #expect(parts <= whole + 1e-2 && parts > whole - 30, "\(count): \(parts), \(whole)")
    }
  }

  @Test func whatDoesNotFitHasNoScore() throws {
    let recognizer = try Recognizer.committed("hybrid")
    let aligner = ForcedAligner(recognizer.model)
    let (tokens, evidence) = try Self.hear(recognizer)
    let end = evidence.frames.upperBound
    for frames in [end..<end + 1, -1..<3, 2..<2] {
      #expect(aligner.score([1], over: frames, after: 0, in: evidence) == -.infinity)
    }
    #expect(
      aligner.score([1], over: 0..<2, after: tokens.count + 1, in: evidence) == -.infinity)
  }
}
