import Checkpoint
import Dispatch
import Foundation
import Recognition
import Synchronization
import TestSupport
import Testing

/// Several recognisers with one model.
@Suite struct SharingTests {
  /// A model, how its weights are kept and how far attention looks.
  struct Case: CustomStringConvertible {
    let variant: String
    let precision: Precision
    var attention: ModelConfiguration.AttentionContext?

    var description: String { "\(variant), \(precision), \(attention.map { "\($0)" } ?? "")" }

    func model() throws -> SpeechModel {
      let file = Fixtures.committed.appending(path: "\(variant)/\(variant).nemo")
      return try SpeechModel(
        try Checkpoint.open(file.path), attention: attention, precision: precision)
    }
  }

  private static let cases =
    ["v2like", "hybrid", "rnnt", "ctc"].flatMap { variant in
      Precision.allCases.map { Case(variant: variant, precision: $0) }
    } + [
      Case(variant: "hybrid", precision: .float32, attention: .local(left: 8, right: 3)),
      Case(variant: "hybrid", precision: .int8, attention: .local(left: 2, right: 16)),
    ]

  /// From short to long, so that each needs positions that are not there yet.
  private static func utterances() throws -> [[Float]] {
    let longest = try (0..<4).flatMap { _ in try Recordings.committed("s640") }
    return [6_000, 20_000, 60_000, 90_000, 150_000, 300_000].map { Array(longest.prefix($0)) }
  }

  /// At the same time, on threads of their own, they hear what one hears alone.
  @Test(arguments: cases) func twoAtOnceHearWhatOneHears(_ test: Case) throws {
    let utterances = try Self.utterances()
    let alone = try Recognizer(test.model(), threads: 1)
    let expected = try utterances.map { try alone.transcribe($0) }
    #expect(expected.suffix(3).allSatisfy { !$0.tokens.isEmpty })
    for _ in 0..<3 {
      // Nobody has used it, and both want it filled.
      let model = try test.model()
      let found = Mutex([[Transcript]?](repeating: nil, count: 2))
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        let transcripts = try? {
          let recognizer = try Recognizer(model, threads: 1)
          return try utterances.map { try recognizer.transcribe($0) }
        }()
        found.withLock { $0[index] = transcripts }
      }
      #expect(found.withLock { $0 } == [expected, expected], "\(test)")
    }
  }

  /// A recording goes from one recogniser to the other and back.
  @Test func takingTurns() throws {
    let model = try SpeechModel.committed("v2like", precision: .float32)
    let recognizers = try (0..<2).map { _ in try Recognizer(model, threads: 2) }
    let pieces = try Self.utterances()
    func decode(with recognizers: [Recognizer]) throws -> [Token] {
      var (state, tokens) = (model.start, [Token]())
      for (index, piece) in pieces.enumerated() {
        tokens += try piece.withUnsafeBufferPointer {
          try recognizers[index % recognizers.count].tokens(of: $0, continuing: &state)
        }
      }
      return tokens
    }
    #expect(try decode(with: recognizers) == decode(with: [recognizers[0]]))
  }
}
