import Recognition
import TestSupport
import Testing

/// A tree in NeMo's mode is NeMo's tree.
@Suite struct BiasingGoldenTests {
  private static let names = [
    "default", "shared", "shared_depth1", "ctx2_unk", "score_per_phrase", "uniform",
  ]

  private func isNear(_ a: Float, _ b: Float) -> Bool { abs(a - b) < 1e-4 }

  @Test(arguments: names) func arcsAndBackoffs(_ name: String) throws {
    let golden = try #require(try BiasingGoldens.load().trees[name])
    let tree = golden.tree
    #expect(tree.nodeCount == golden.backoffs.count)
    // NeMo numbers its states otherwise.
    var nodes = [0: 0]
    for arc in golden.arcs {
      let from = try #require(nodes[arc.from])
      let own = try #require(tree.arcs(of: from).first { $0.token == arc.token })
      #expect(isNear(own.score, arc.weight), "\(arc)")
      nodes[arc.to] = own.node
    }
    #expect((0..<tree.nodeCount).reduce(0) { $0 + tree.arcs(of: $1).count } == golden.arcs.count)
    for (state, backoff) in golden.backoffs.enumerated() {
      let own = tree.backoff(of: try #require(nodes[state]))
      #expect(own.node == nodes[backoff.to], "state \(state)")
      #expect(isNear(own.score, backoff.weight), "state \(state): \(own.score)")
    }
  }

  @Test(arguments: names) func advances(_ name: String) throws {
    let golden = try #require(try BiasingGoldens.load().trees[name])
    let tree = golden.tree
    for advance in golden.advances {
      var node = 0
      for (token, expected) in zip(advance.prefix, advance.scores) {
        let step = tree.advance(token, from: node)
        #expect(isNear(step.score, expected), "\(advance.prefix)")
        node = step.node
      }
      for token in 0..<golden.vocabularySize {
        let step = tree.advance(token, from: node)
        let expected = advance.others["\(token)"] ?? advance.otherwise
        #expect(isNear(step.score, expected), "\(advance.prefix), then \(token): \(step.score)")
        #expect((step.node > 0) == (advance.next["\(token)"] != nil))
      }
    }
  }

  /// What is decoded with the phrases is what NeMo decodes, to the frame.
  @Test func decodes() throws {
    let goldens = try BiasingGoldens.load()
    let recognizer = try Recognizer.committed("v2like")
    let trees = goldens.trees.mapValues(\.tree)
    for decode in goldens.decodes {
      var state = recognizer.model.start
      state.biasing = Biasing(try #require(trees[decode.tree]), alpha: decode.alpha)
      let samples = try Recordings.committed(decode.recording)
      let tokens = try samples.withUnsafeBufferPointer {
        try recognizer.tokens(of: $0, continuing: &state)
      }
      #expect(tokens.map(\.id) == decode.ids, "\(decode)")
      #expect(tokens.map(\.frame) == decode.frames, "\(decode)")
      #expect(tokens.map(\.duration) == decode.durations, "\(decode)")
    }
  }
}
