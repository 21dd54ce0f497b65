import Foundation
import Recognition
import TestSupport

/// What NeMo's boosting tree says, and what NeMo decodes with it.
struct BiasingGoldens: Decodable {
  /// A list of phrases and the tree that NeMo makes of it.
  struct Tree: Decodable {
    /// A phrase as tokens, and how many characters it has.
    struct Phrase: Decodable {
      let tokens: [Int]
      let characters: Int
    }

    /// An arc between two of NeMo's states.
    struct Arc: Decodable {
      let from, to, token: Int
      let weight: Float
    }

    /// Where NeMo goes on from a state.
    struct Backoff: Decodable {
      let to: Int
      let weight: Float
    }

    /// Some tokens, and what NeMo gives them and those that may follow.
    struct Advance: Decodable {
      let prefix: [Int]
      let state: Int
      let scores: [Float]
      let otherwise: Float
      let others: [String: Float]
      let next: [String: Int]
    }

    let phrases: [Phrase]
    let contextScore, depthScaling, unknownScore, scorePerPhrase: Float
    let isUniform: Bool
    let arcs: [Arc]
    let backoffs: [Backoff]
    let vocabularySize: Int
    let advances: [Advance]

    /// The same tree.
    var tree: BiasingTree {
      var settings = BiasingSettings(.nemo(unknownScore: unknownScore, isUniform: isUniform))
      (settings.contextScore, settings.depthScaling) = (contextScore, depthScaling)
      return BiasingTree(
        phrases.map {
          BiasingPhrase(
            $0.tokens,
            contextScore: scorePerPhrase == 0
              ? nil : (scorePerPhrase / Float($0.characters) * 100).rounded() / 100)
        }, settings)
    }
  }

  /// What NeMo decodes of a recording.
  struct Decode: Decodable, CustomStringConvertible {
    let recording, tree: String
    let alpha: Float
    let ids, frames, durations: [Int]

    var description: String { "\(recording), \(tree), alpha \(alpha)" }
  }

  let trees: [String: Tree]
  let decodes: [Decode]

  /// The committed file.
  static func load() throws -> BiasingGoldens {
    try JSONDecoder().decode(
      BiasingGoldens.self,
      from: Data(contentsOf: Fixtures.committed.appending(path: "boosting/boosting.json")))
  }
}
