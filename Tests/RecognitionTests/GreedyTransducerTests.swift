import Recognition
import Testing

/// The search by itself, with a head that says what a test wants it to say.
@Suite struct GreedyTransducerTests {
  private static let blank = 3

  /// What a head says at a frame: a label, and an index into the durations.
  private struct Say {
    var label = GreedyTransducerTests.blank
    var duration = 0

    static func blank(_ duration: Int = 0) -> Say { Say(duration: duration) }
    static func token(_ label: Int, _ duration: Int = 0) -> Say {
      Say(label: label, duration: duration)
    }
  }

  /// A head that says the same at each frame, or things in turn, the last one for ever.
  private struct ScriptedHead: TransducerHead {
    var script: [Int: [Say]]
    var durations = 5
    var otherwise = Say()
    /// Scores to give instead of a script's.
    var fixed: [Float]?
    private(set) var accepted: [Int] = []
    private(set) var asked: [Int] = []
    private var scores = Scores()

    init(_ script: [Int: [Say]], durations: Int = 5, otherwise: Say = .blank()) {
      self.script = script
      self.durations = durations
      self.otherwise = otherwise
    }

    mutating func logits(frame: Int) -> UnsafeBufferPointer<Float> {
      asked.append(frame)
      if let fixed { return scores.hold(fixed) }
      let turns = script[frame] ?? [otherwise]
      let say = turns[0]
      if turns.count > 1 { script[frame] = Array(turns.dropFirst()) }
      var logits = [Float](repeating: -1, count: GreedyTransducerTests.blank + 1 + durations)
      logits[say.label] = 1
      if durations > 0 { logits[GreedyTransducerTests.blank + 1 + say.duration] = 1 }
      return scores.hold(logits)
    }

    mutating func accept(_ token: Int) { accepted.append(token) }
  }

  /// Keeps scores in place until the next ones come.
  private final class Scores {
    private let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: 32)

    deinit { room.deallocate() }

    func hold(_ values: [Float]) -> UnsafeBufferPointer<Float> {
      _ = room.update(fromContentsOf: values)
      return UnsafeBufferPointer(rebasing: room[..<values.count])
    }
  }

  private struct Outcome {
    var decisions: [Decision] = []
    var steps: [TransducerStep] = []
    var head: ScriptedHead
  }

  private func search(
    _ frames: Int, _ head: ScriptedHead, durations: [Int] = [0, 1, 2, 3, 4],
    maxSymbols: Int? = 10
  ) -> Outcome {
    let search = GreedyTransducer(
      blank: Self.blank, durations: durations, maxSymbolsPerFrame: maxSymbols)
    var outcome = Outcome(head: head)
    var head = head
    var none: BiasingCursor?
    search.search(
      frames: frames, &head, &none,
      emit: { id, frame, duration, scores in
        #expect(scores.count == Self.blank + 1)
        outcome.decisions.append(Decision(id: id, frame: frame, duration: duration))
      },
      observe: { step, _ in outcome.steps.append(step) })
    outcome.head = head
    return outcome
  }

  @Test func blankWithDurationZeroAdvances() {
    let outcome = search(5, ScriptedHead([:]))
    #expect(outcome.head.asked == [0, 1, 2, 3, 4])
    #expect(outcome.decisions.isEmpty)
    #expect(outcome.steps.map(\.rawDuration) == [0, 0, 0, 0, 0])
    #expect(outcome.steps.map(\.duration) == [1, 1, 1, 1, 1])
  }

  @Test(arguments: 1...7) func blanksJump(_ frames: Int) {
    let head = ScriptedHead([:], durations: 8, otherwise: .blank(frames))
    let outcome = search(22, head, durations: Array(0...7))
    #expect(outcome.head.asked == Array(stride(from: 0, to: 22, by: frames)))
    #expect(outcome.decisions.isEmpty)
    #expect(outcome.head.accepted.isEmpty)
  }

  @Test func tokensMoveOnAsFarAsTheySay() {
    let head = ScriptedHead([
      0: [.token(1, 2)], 2: [.token(2, 0), .token(0, 0), .blank(3)], 5: [.token(1, 1)],
      6: [.blank(1)],
    ])
    let outcome = search(7, head)
    #expect(outcome.head.asked == [0, 2, 2, 2, 5, 6])
    #expect(
      outcome.decisions == [
        Decision(id: 1, frame: 0, duration: 2), Decision(id: 2, frame: 2, duration: 0),
        Decision(id: 0, frame: 2, duration: 0), Decision(id: 1, frame: 5, duration: 1),
      ])
    #expect(outcome.head.accepted == [1, 2, 0, 1])
    #expect(outcome.steps.map(\.emitted) == [0, 1, 2, 3, 3, 4])
  }

  @Test(arguments: [1, 2, 10]) func tokensOnOneFrameAreLimited(_ limit: Int) {
    let outcome = search(3, ScriptedHead([:], otherwise: .token(1)), maxSymbols: limit)
    let frames = (0..<3).flatMap { [Int](repeating: $0, count: limit) }
    #expect(outcome.decisions == frames.map { Decision(id: 1, frame: $0, duration: 0) })
    // The forced step on is no evaluation, and the network does not hear of it.
    #expect(outcome.head.asked == frames)
    #expect(outcome.head.accepted.count == frames.count)
  }

  @Test func aTokenThatMovesOnNeedsNoForcedStep() {
    let say: [Say] = [.token(1), .token(1), .token(1, 1)]
    let outcome = search(2, ScriptedHead([0: say]), maxSymbols: 3)
    #expect(outcome.head.asked == [0, 0, 0, 1])
  }

  @Test func theCountStartsAnewOnEachFrame() {
    let head = ScriptedHead([
      0: [.token(1), .token(1), .token(1, 1)], 1: [.token(1), .token(1), .blank()],
    ])
    #expect(search(2, head, maxSymbols: 3).head.asked == [0, 0, 0, 1, 1, 1])
  }

  @Test func withoutALimitTheSearchStillEnds() {
    let fifty = [Say](repeating: .token(1), count: 50) + [.blank(1)]
    #expect(search(2, ScriptedHead([0: fifty]), maxSymbols: nil).decisions.count == 50)
    let endless = search(2, ScriptedHead([:], otherwise: .token(2)), maxSymbols: nil)
    #expect(endless.decisions.last?.frame == 1)
  }

  @Test func aDurationMayGoPastTheEnd() {
    let outcome = search(3, ScriptedHead([2: [.token(1, 4)]]))
    #expect(outcome.decisions == [Decision(id: 1, frame: 2, duration: 4)])
    #expect(search(3, ScriptedHead([0: [.blank(4)]])).head.asked == [0])
  }

  @Test func withoutDurationsItIsAnRNNT() {
    let head = ScriptedHead([1: [.token(0), .token(2), .blank()]], durations: 0)
    let outcome = search(3, head, durations: [])
    #expect(outcome.head.asked == [0, 1, 1, 1, 2])
    #expect(
      outcome.decisions == [
        Decision(id: 0, frame: 1, duration: 0), Decision(id: 2, frame: 1, duration: 0),
      ])
    let endless = ScriptedHead([:], durations: 0, otherwise: .token(1))
    #expect(search(4, endless, durations: [], maxSymbols: 5).decisions.count == 20)
  }

  @Test(arguments: [nil, 10]) func nothingIsDecodedFromNothing(limit: Int?) {
    #expect(search(0, ScriptedHead([:], otherwise: .token(1)), maxSymbols: limit).steps.isEmpty)
  }

  /// The scores of a broken model, or of a broken recording.
  @Test(arguments: [[0, 1, 2, 3, 4], []])
  func scoresThatAreNoNumbersNeverHang(durations: [Int]) {
    let count = Self.blank + 1 + durations.count
    var odd: [[Float]] = [[Float](repeating: .nan, count: count)]
    for value in [Float.nan, .infinity, -.infinity] {
      for at in 0..<count {
        var scores = [Float](repeating: value.isNaN ? -.infinity : .nan, count: count)
        scores[at] = value
        odd.append(scores)
      }
    }
    for limit in [nil, 10] {
      for scores in odd {
        var head = ScriptedHead([:], durations: durations.count)
        head.fixed = scores
        let outcome = search(4, head, durations: durations, maxSymbols: limit)
        #expect(outcome.steps.count <= 4 * 1_000, "\(scores)")
        #expect(outcome.steps.allSatisfy { 0..<4 ~= $0.frame && 0...Self.blank ~= $0.label })
      }
    }
    var head = ScriptedHead([:], durations: durations.count)
    head.fixed = odd[0]
    // No number at all is a blank.
    #expect(search(4, head, durations: durations).decisions.isEmpty)
  }
}
