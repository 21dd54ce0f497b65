import Recognition
import TestSupport
import Testing

/// A search with phrases, with a head that says what a test wants it to say.
@Suite struct BiasedSearchTests {
  private static let blank = 6

  /// A head with the scores of V tokens, the blank and the durations 0 and 1, by frame and by the
  /// number of tokens before.
  private final class Head: TransducerHead {
    private let scores: (_ frame: Int, _ tokens: [Int]) -> [Int: Float]
    private let duration: Int
    private(set) var tokens: [Int] = []
    private let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16)

    init(duration: Int, _ scores: @escaping (_ frame: Int, _ tokens: [Int]) -> [Int: Float]) {
      (self.duration, self.scores) = (duration, scores)
    }

    deinit { room.deallocate() }

    func logits(frame: Int) -> UnsafeBufferPointer<Float> {
      room.update(repeating: -20)
      for (label, score) in scores(frame, tokens) { room[label] = score }
      room[BiasedSearchTests.blank + 1 + duration] = 1
      return UnsafeBufferPointer(rebasing: room[..<(BiasedSearchTests.blank + 3)])
    }

    func accept(_ token: Int) { tokens.append(token) }
  }

  private func tokens(
    frames: Int, duration: Int = 1, _ phrases: [[Int]], _ mode: BiasingSettings.Mode,
    alpha: Float = 1, _ scores: @escaping (_ frame: Int, _ tokens: [Int]) -> [Int: Float]
  ) -> [Int] {
    let tree = BiasingTree(phrases.map { BiasingPhrase($0) }, BiasingSettings(mode))
    let room = UnsafeMutablePointer<Float>.allocate(capacity: Self.blank)
    defer { room.deallocate() }
    var cursor: BiasingCursor? = BiasingCursor(Biasing(tree, alpha: alpha), room: room)
    var head = Head(duration: duration, scores)
    let search = GreedyTransducer(blank: Self.blank, durations: [0, 1], maxSymbolsPerFrame: 4)
    withExtendedLifetime(tree) {
      search.search(frames: frames, &head, &cursor, emit: { _, _, _, _ in })
    }
    return head.tokens
  }

  private static let modes: [BiasingSettings.Mode] = [.nemo(), .exact(unscored: nil)]

  @Test func aPhraseIsFavoured() {
    for mode in Self.modes {
      let found = tokens(frames: 3, [[1, 2, 3]], mode) { frame, _ in [frame + 1: 0, 5: 0.9] }
      #expect(found == [1, 2, 3])
      #expect(
        tokens(frames: 3, [[1, 2, 3]], mode, alpha: 0) { frame, _ in [frame + 1: 0, 5: 0.9] }
          == [5, 5, 5])
    }
  }

  /// A blank stays one but, with an exact tree, inside a phrase.
  @Test func aBlankLosesInsideAPhraseOnly() {
    let say: (Int, [Int]) -> [Int: Float] = { frame, _ in
      frame == 0 ? [1: 1] : [Self.blank: 1, 2: 0.5, 1: 0.9]
    }
    #expect(tokens(frames: 2, [[1, 2]], .nemo(), say) == [1])
    #expect(tokens(frames: 2, [[1, 2]], .exact(unscored: nil), say) == [1, 2])
    // Neither at its beginning nor behind its end, even where a longer one goes on.
    #expect(tokens(frames: 2, [[2, 1]], .exact(unscored: nil), say) == [1])
    #expect(tokens(frames: 2, [[1], [1, 2]], .exact(unscored: nil), say) == [1])
    // What is worth less than the blank does not take its place.
    #expect(
      tokens(frames: 2, [[1, 2]], .exact(unscored: nil)) { frame, _ in
        frame == 0 ? [1: 1] : [Self.blank: 4, 2: 0.5]
      } == [1])
  }

  /// Phrases of one token, which would be emitted again and again.
  @Test func aPhraseBeginsOnceAtAFrame() {
    let say: (Int, [Int]) -> [Int: Float] = { _, _ in [1: 0, 5: 0.5] }
    #expect(tokens(frames: 2, duration: 0, [[1]], .nemo(), say) == [1, 1, 1, 1, 1, 1, 1, 1])
    #expect(
      tokens(frames: 2, duration: 0, [[1]], .exact(unscored: nil), say)
        == [1, 5, 5, 5, 1, 5, 5, 5])
    // All of a phrase may be said at one frame.
    #expect(
      tokens(frames: 1, duration: 0, [[1, 2, 3]], .exact(unscored: nil)) { _, tokens in
        [tokens.count + 1: 0, 5: 0.5]
      } == [1, 2, 3, 5])
  }

  /// The token with the highest sum is emitted, whatever the tree is like.
  @Test func theBestSumWins() {
    var random = Seeded(8)
    let room = UnsafeMutablePointer<Float>.allocate(capacity: Self.blank)
    defer { room.deallocate() }
    for round in 0..<500 {
      let phrases = (0..<4).map { _ in
        BiasingPhrase(
          (0..<Int.random(in: 1...4, using: &random)).map { _ in
            Int.random(in: 0..<Self.blank, using: &random)
          }, contextScore: Float.random(in: 0...3, using: &random))
      }
      let mode: BiasingSettings.Mode =
        round.isMultiple(of: 2) ? .nemo(unknownScore: -0.25) : .exact(unscored: nil)
      let tree = BiasingTree(phrases, BiasingSettings(mode))
      var cursor = BiasingCursor(Biasing(tree, alpha: 0.75), room: room)
      var node = 0
      for frame in 0..<12 {
        let scores = random.floats(Self.blank) + [-9]
        let expected = (0..<Self.blank).max {
          scores[$0] + 0.75 * tree.advance($0, from: node).score
            < scores[$1] + 0.75 * tree.advance($1, from: node).score
        }
        let label = scores.withUnsafeBufferPointer { scores in
          scores.baseAddress.map { cursor.label($0, blank: Self.blank, frame: frame) }
        }
        #expect(label == expected)
        guard let label else { return }
        cursor.accept(label, frame: frame)
        node = tree.advance(label, from: node).node
      }
      withExtendedLifetime(tree) {}
    }
  }
}
