internal import Kernels

/// A search's place in a tree of phrases, and what that makes of a network's scores.
///
/// Whoever has it holds the tree; nothing here counts references or allocates.
package struct BiasingCursor {
  /// What came last of a phrase.
  private(set) var node: Int32
  private let nodes: BiasingNodes
  private let alpha: Float
  /// The frame at which the last phrase began.
  private var startFrame = -1
  /// Room for the scores of all tokens.
  private let room: UnsafeMutablePointer<Float>

  /// A place in a tree.
  ///
  /// - Parameters:
  ///   - biasing: The place, and the tree, which has to be held as long as this is used.
  ///   - room: Room for the scores of all tokens.
  package init(_ biasing: Biasing, room: UnsafeMutablePointer<Float>) {
    (nodes, alpha, node) = (biasing.tree.nodes, biasing.alpha, biasing.node)
    self.room = room
  }

  /// What is emitted at a frame.
  ///
  /// As in NeMo, no phrase makes a token of a blank. An exact tree lets a phrase that was begun go
  /// on where its next token is worth more than the blank.
  ///
  /// - Parameters:
  ///   - scores: Scores of the tokens and of the blank, V + 1.
  ///   - blank: The blank, V.
  ///   - frame: The encoder frame.
  ///   - held: A CTC head's label of the frame before; held on, it is no further token.
  /// - Returns: A token or the blank.
  package func label(
    _ scores: UnsafePointer<Float>, blank: Int, frame: Int, held: Int? = nil
  ) -> Int {
    guard argmax(scores, count: blank + 1) != blank else {
      return nodes.isExact ? next(scores, blank: blank, held: held) : blank
    }
    let room = favoured(scores, blank: blank, frame: frame)
    if let held, held != blank { room[held] = scores[held] }
    return argmax(room, count: blank)
  }

  /// Adds to the scores of all tokens what phrases add to them.
  ///
  /// - Parameters:
  ///   - scores: Scores of the tokens, V.
  ///   - blank: The blank, V.
  ///   - frame: The encoder frame.
  /// - Returns: The sums, as long as no others are asked for.
  func favoured(
    _ scores: UnsafePointer<Float>, blank: Int, frame: Int
  ) -> UnsafeMutablePointer<Float> {
    nodes.add(
      to: scores, blank, from: node, canStart: canStart(at: frame), factor: alpha, into: room)
    return room
  }

  /// The token of a phrase that was begun which is worth more than the blank, or the blank.
  private func next(_ scores: UnsafePointer<Float>, blank: Int, held: Int?) -> Int {
    var (best, label) = (scores[blank], blank)
    guard nodes.isInside(node) else { return label }
    for child in nodes.arcs(of: node) {
      let token = Int(nodes.labels[child])
      let score = scores[token] + alpha * nodes.weights[child]
      if score > best, token != held { (best, label) = (score, token) }
    }
    return label
  }

  /// Takes a token in.
  ///
  /// - Parameters:
  ///   - token: What was emitted.
  ///   - frame: The frame at which it was.
  /// - Returns: What phrases add to its score.
  @discardableResult package mutating func accept(_ token: Int, frame: Int) -> Float {
    let step = nodes.advance(token, from: node, canStart: canStart(at: frame))
    if nodes.isFirst(step.node) { startFrame = frame }
    node = step.node
    return alpha * step.score
  }

  /// What the end would add: it takes back what was given to phrases that are not finished.
  var end: Float { alpha * nodes.end(at: node) }

  /// Whether a phrase may begin: with an exact tree, one at each frame.
  private func canStart(at frame: Int) -> Bool { !nodes.isExact || frame != startFrame }
}
