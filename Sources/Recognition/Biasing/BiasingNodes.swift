/// The nodes of a biasing tree: flat arrays in memory that the tree holds.
///
/// Nodes come by their depth, and the children of a node follow each other by their tokens. Who
/// walks here holds the tree; nothing counts references or allocates.
struct BiasingNodes {
  let count: Int
  /// Of each node the first of its children; one more than there are nodes.
  let children: UnsafeMutablePointer<Int32>
  /// Of each node the token that leads to it, −1 for the root.
  let labels: UnsafeMutablePointer<Int32>
  /// Of each node what that token is given.
  let weights: UnsafeMutablePointer<Float>
  /// Of each node where to go on when no child fits, and what that adds.
  let fails: UnsafeMutablePointer<Int32>
  let backoffs: UnsafeMutablePointer<Float>
  /// Of each node whether a phrase ends there.
  let ends: UnsafeMutablePointer<Bool>
  /// Score of a token that belongs to no phrase.
  let unknownScore: Float
  /// Whether scores add up to those of the phrases that were finished.
  let isExact: Bool

  /// Bytes that some nodes take.
  static func byteCount(_ count: Int) -> Int { 4 * (5 * count + 1) + count }

  /// Describes memory for some nodes.
  init(_ count: Int, in memory: UnsafeMutableRawPointer, unknownScore: Float, isExact: Bool) {
    let size = 4 * count
    self.count = count
    children = memory.bindMemory(to: Int32.self, capacity: count + 1)
    labels = (memory + size + 4).bindMemory(to: Int32.self, capacity: count)
    weights = (memory + 2 * size + 4).bindMemory(to: Float.self, capacity: count)
    fails = (memory + 3 * size + 4).bindMemory(to: Int32.self, capacity: count)
    backoffs = (memory + 4 * size + 4).bindMemory(to: Float.self, capacity: count)
    ends = (memory + 5 * size + 4).bindMemory(to: Bool.self, capacity: count)
    (self.unknownScore, self.isExact) = (unknownScore, isExact)
  }

  /// The children of a node.
  func arcs(of node: Int32) -> Range<Int> {
    Int(children[Int(node)])..<Int(children[Int(node) + 1])
  }

  /// The child that a token leads to; nil for none.
  func child(of node: Int32, _ token: Int32) -> Int32? {
    var (low, high) = (children[Int(node)], children[Int(node) + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if labels[Int(middle)] < token { low = middle + 1 } else { high = middle }
    }
    return low < end && labels[Int(low)] == token ? low : nil
  }

  /// Whether a phrase is begun and not finished.
  func isInside(_ node: Int32) -> Bool { node > 0 && !ends[Int(node)] }

  /// Whether a node is the first of a phrase.
  func isFirst(_ node: Int32) -> Bool { arcs(of: 0).contains(Int(node)) }

  /// What a token adds, and where it leads.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - node: What came before.
  ///   - canStart: Whether a phrase may begin with the token.
  /// - Returns: Its score, and the node behind it.
  func advance(
    _ token: Int, from node: Int32, canStart: Bool
  ) -> (score: Float, node: Int32) {
    var (score, place) = (Float(0), node)
    while place > 0 || canStart {
      if let child = child(of: place, Int32(token)) {
        return (score + weights[Int(child)], child)
      }
      if place == 0 { break }
      score += backoffs[Int(place)]
      place = fails[Int(place)]
    }
    return (score + unknownScore, 0)
  }

  /// What the end adds: it takes back what was given to phrases that are not finished.
  func end(at node: Int32) -> Float {
    var (score, place) = (Float(0), Int(node))
    while place > 0 {
      score += backoffs[place]
      place = Int(fails[place])
    }
    return score
  }

  /// Adds what tokens are given to their scores.
  ///
  /// - Parameters:
  ///   - scores: Scores of all tokens.
  ///   - count: How many there are.
  ///   - node: What came before.
  ///   - canStart: Whether a phrase may begin.
  ///   - factor: What is given is multiplied with it.
  ///   - sum: Gets scores, as many as there are tokens.
  ///   - backoff: What was taken back on the way to the node.
  func add(
    to scores: UnsafePointer<Float>, _ count: Int, from node: Int32, canStart: Bool,
    factor: Float, into sum: UnsafeMutablePointer<Float>, backoff: Float = 0
  ) {
    if node > 0 {
      // What leads on from a node stands in front of what leads on from those behind it.
      add(
        to: scores, count, from: fails[Int(node)], canStart: canStart, factor: factor, into: sum,
        backoff: backoff + backoffs[Int(node)])
    } else {
      let rest = factor * (backoff + unknownScore)
      for token in 0..<count { sum[token] = scores[token] + rest }
      guard canStart else { return }
    }
    for child in arcs(of: node) {
      let token = Int(labels[child])
      sum[token] = scores[token] + factor * (backoff + weights[child])
    }
  }
}
