internal import Glibc

/// Gives the nodes of a biasing tree their scores, and where to go on when a phrase breaks off.
struct BiasingTreeBuilder {
  /// What it makes.
  let nodes: BiasingNodes
  private let shape: BiasingTreeShape
  private let settings: BiasingSettings
  /// Of each node the sum of weights from the root on.
  private var totals: [Float]

  /// Prepares to make a tree.
  ///
  /// - Parameters:
  ///   - shape: What phrases have in common.
  ///   - memory: Where its nodes are to lie.
  ///   - settings: How tokens are scored.
  init(_ shape: BiasingTreeShape, in memory: UnsafeMutableRawPointer, _ settings: BiasingSettings) {
    let count = shape.labels.count
    (self.shape, self.settings) = (shape, settings)
    totals = [Float](repeating: 0, count: count)
    switch settings.mode {
    case .nemo(let score, _):
      nodes = BiasingNodes(count, in: memory, unknownScore: score, isExact: false)
    case .exact: nodes = BiasingNodes(count, in: memory, unknownScore: 0, isExact: true)
    }
    nodes.children.initialize(from: shape.children, count: count + 1)
    nodes.labels.initialize(from: shape.labels, count: count)
    nodes.ends.initialize(from: shape.ends, count: count)
    nodes.weights.initialize(repeating: 0, count: count)
    nodes.fails.initialize(repeating: 0, count: count)
    nodes.backoffs.initialize(repeating: 0, count: count)
  }

  /// All nodes but the root, each behind its parent.
  private var inner: Range<Int> { 1..<nodes.count }

  // MARK: - Scores

  /// Gives each node a weight.
  mutating func score(_ phrases: [BiasingPhrase]) {
    switch settings.mode {
    case .nemo(_, let isUniform): scoreInTurn(phrases, isUniform: isUniform)
    case .exact(let unscored): scoreTogether(phrases, unscored: unscored)
    }
  }

  /// The nodes from the root's child to a node.
  private func path(to last: Int32) -> [Int] {
    var path: [Int] = []
    var node = Int(last)
    while node > 0 {
      path.append(node)
      node = Int(shape.parents[node])
    }
    return path.reversed()
  }

  /// NeMo: one phrase is added after the other.
  ///
  /// A node that is there already keeps its weight, unless the phrase's own score is higher; what
  /// lies below it for other phrases stays as it is.
  private mutating func scoreInTurn(_ phrases: [BiasingPhrase], isUniform: Bool) {
    var isKnown = [Bool](repeating: false, count: nodes.count)
    for (phrase, last) in zip(phrases, shape.lastNodes) {
      let context = phrase.contextScore ?? settings.contextScore
      for (place, node) in path(to: last).enumerated() {
        if isKnown[node] {
          nodes.weights[node] = max(context, nodes.weights[node])
        } else {
          nodes.weights[node] =
            place == 0 || isUniform
            ? context : context * settings.depthScaling + logf(Float(place + 1))
        }
        isKnown[node] = true
        totals[node] = totals[Int(shape.parents[node])] + nodes.weights[node]
      }
    }
    guard isUniform else { return }
    for node in inner where nodes.ends[node] && shape.parents[node] > 0 {
      nodes.weights[node] += totals[node]
    }
  }

  /// Phrases that begin alike share the highest score of them.
  private mutating func scoreTogether(_ phrases: [BiasingPhrase], unscored: Int?) {
    var contexts = [Float](repeating: -.infinity, count: nodes.count)
    for (phrase, last) in zip(phrases, shape.lastNodes) {
      let context = phrase.contextScore ?? settings.contextScore
      contexts[Int(last)] = max(contexts[Int(last)], context)
    }
    for node in inner.reversed() {
      let parent = Int(shape.parents[node])
      contexts[parent] = max(contexts[parent], contexts[node])
    }
    // Scored tokens up to each node.
    var ranks = [Int32](repeating: 0, count: nodes.count)
    for node in inner {
      let parent = Int(shape.parents[node])
      (ranks[node], totals[node]) = (ranks[parent], totals[parent])
      guard unscored.map({ nodes.labels[node] != Int32($0) }) ?? true else { continue }
      nodes.weights[node] =
        ranks[parent] == 0
        ? contexts[node]
        : contexts[node] * settings.depthScaling + logf(Float(ranks[parent] + 1))
      ranks[node] += 1
      totals[node] += nodes.weights[node]
    }
  }

  // MARK: - Where to go on

  /// Tells each node where to go on when no child fits.
  func link() {
    switch settings.mode {
    case .nemo(_, let isUniform): linkSuffixes(isUniform: isUniform)
    case .exact: linkRests()
    }
  }

  /// NeMo: the longest of the last tokens that begin a phrase; at the end of a phrase that takes
  /// nothing back.
  private func linkSuffixes(isUniform: Bool) {
    for node in inner {
      let parent = Int(shape.parents[node])
      let isShallow = parent == 0
      var fail: Int32 = 0
      if !isShallow {
        fail = nodes.fails[parent]
        while nodes.child(of: fail, nodes.labels[node]) == nil, fail > 0 {
          fail = nodes.fails[Int(fail)]
        }
        fail = nodes.child(of: fail, nodes.labels[node]) ?? 0
      }
      nodes.fails[node] = fail
      let isKept = nodes.ends[node] && (!isUniform || isShallow)
      nodes.backoffs[node] = isKept ? 0 : totals[Int(fail)] - totals[node]
    }
  }

  /// Exact: the longest phrase that is finished at the node or above it is kept.
  ///
  /// Without one the first token is left out. The tokens behind that are gone through from the
  /// root.
  private func linkRests() {
    // Of each node what is kept, and what the tokens behind that are given.
    var kept = [Float](repeating: 0, count: nodes.count)
    var rests = kept
    for node in inner {
      let parent = Int(shape.parents[node])
      kept[node] = nodes.ends[node] ? totals[node] : kept[parent]
      if nodes.ends[node] || parent == 0 {
        nodes.backoffs[node] = kept[node] - totals[node]
        continue
      }
      var (place, rest) = (nodes.fails[parent], rests[parent])
      while nodes.child(of: place, nodes.labels[node]) == nil, place > 0 {
        rest += nodes.backoffs[Int(place)]
        place = nodes.fails[Int(place)]
      }
      if let child = nodes.child(of: place, nodes.labels[node]) {
        (place, rest) = (child, rest + nodes.weights[Int(child)])
      }
      (nodes.fails[node], rests[node]) = (place, rest)
      nodes.backoffs[node] = rest + kept[node] - totals[node]
    }
  }
}
