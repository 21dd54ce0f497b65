/// Looks for phrases in the scores of a CTC head, with all phrases in one pass over the frames
/// (token passing; Andrusenko et al., 2024).
///
/// A phrase may begin at any frame. It is scored by how much less likely its best way is than the
/// best labels of the same frames, so that nothing depends on how sure the head is at all.
package struct TermSpotter {
  /// A phrase that may have been said.
  package struct Hit: Sendable, Equatable {
    /// The entry of the trie.
    package let entry: Int
    /// Frames from its first label to its last.
    package let frames: Range<Int>
    /// Logarithm of its probability over that of the best labels; at most 0.
    package let score: Float
  }

  /// Nats that a way may fall behind.
  package var margin: Float = 8
  /// Nats that it may fall behind besides for each token.
  package var marginPerToken: Float = 3
  /// What the score of a phrase and a reward for each of its tokens have to exceed.
  package var least = -Float.infinity
  /// That reward.
  package var reward: Float = 0

  /// Frames that a phrase may last, for each token and besides: in silence blanks cost nothing.
  private static let (framesPerToken, mostPause) = (5, 10)
  /// Doublings of the frames that are looked ahead, and how deep a node may be for ways to leave it
  /// within these 32 frames.
  private static let (aheadDoublings, aheadDepth) = (5, 4)

  private let trie: TokenTrie
  private struct Way {
    let node: Int32
    /// Of the node: its token, its children, what a score has to exceed, and frames that a way may
    /// have lasted there.
    let token: Int32
    let children: Range<Int32>
    let limit: Float
    let patience: Int32
    /// The best score of ways that end in the node's label and in a blank behind it, and where
    /// these begin.
    var label, blank: Float
    var labelStart, blankStart: Int32

    /// Stays in its node for another frame.
    mutating func stay(
      _ row: UnsafeBufferPointer<Float>, _ best: Float, _ blankScore: Float
    ) {
      let isBlankBetter = blank > label
      blank = (isBlankBetter ? blank : label) + blankScore
      blankStart = isBlankBetter ? blankStart : labelStart
      label += row[Int(token)] - best
    }

    /// Whether it may still become a phrase.
    func isKept(_ frame: Int32) -> Bool {
      max(label, blank) > limit && frame - max(labelStart, blankStart) <= patience
    }
  }
  /// Ways by their nodes, in order, up to the last frame and up to this one.
  private var ways: [Way] = []
  private var next: [Way] = []
  /// The ways of this frame that end a phrase, by their places.
  private var ended: [Int] = []
  /// The best score of each label over that of the best label in the frames that follow each frame,
  /// `[T, V + 1]`.
  private var ahead: [Float] = []
  /// What the score of a way has to exceed, by its depth and by its reach.
  private var limits: (depth: [Float], reach: [Float]) = ([], [])

  /// Prepares to look for all phrases of a trie.
  package init(_ trie: TokenTrie) { self.trie = trie }

  /// All places where phrases may have been said, for each phrase the best of those that overlap.
  ///
  /// - Parameters:
  ///   - scores: Logarithms of probabilities, `[T, V + 1]`, the blank last.
  ///   - labels: V + 1.
  /// - Returns: Hits in the order in which they end.
  package mutating func hits(in scores: [Float], labels: Int) -> [Hit] {
    guard trie.nodeCount > 1 else { return [] }
    var hits: [Hit] = []
    var latest: [Int32: Int] = [:]
    ways.removeAll(keepingCapacity: true)
    setLimits()
    lookAhead(scores, labels)
    let trie = trie
    trie.nodes.withUnsafeBufferPointer { nodes in
      scores.withUnsafeBufferPointer { all in
        for frame in 0..<scores.count / labels {
          let row = UnsafeBufferPointer(rebasing: all[frame * labels..<(frame + 1) * labels])
          advance(Int32(frame), row, nodes)
          for place in ended {
            let way = ways[place]
            let frames = Int(way.labelStart)..<frame + 1
            if let place = latest[way.node], hits[place].frames.overlaps(frames) {
              guard hits[place].score < way.label else { continue }
              hits[place] = Hit(entry: hits[place].entry, frames: frames, score: way.label)
            } else {
              latest[way.node] = hits.count
              hits.append(
                Hit(
                  entry: trie.phrase(endingIn: Int(way.node)), frames: frames, score: way.label))
            }
          }
        }
      }
    }
    return hits
  }

  private mutating func setLimits() {
    // One more, for the children of the deepest.
    let longest = Int(trie.nodes[0].reach) + 1
    limits.depth = (0...longest).map { -margin - marginPerToken * Float($0) }
    limits.reach = (0...longest).map { least - reward * Float($0) }
  }

  private mutating func lookAhead(_ scores: [Float], _ labels: Int) {
    ahead.removeAll(keepingCapacity: true)
    for start in stride(from: labels, to: scores.count, by: labels) {
      let row = scores[start..<start + labels]
      let best = row.max() ?? 0
      for score in row { ahead.append(score - best) }
    }
    // Behind the last frame there is nothing.
    ahead.append(contentsOf: repeatElement(-.infinity, count: labels))
    let count = ahead.count
    ahead.withUnsafeMutableBufferPointer { ahead in
      for doubling in 0..<Self.aheadDoublings {
        let shift = labels << doubling
        for index in 0..<max(0, count - shift) {
          ahead[index] = max(ahead[index], ahead[index + shift])
        }
      }
    }
  }

  /// Moves all ways on by a frame.
  ///
  /// Ways that stay in their node and ways that come from the node before it are both in the order
  /// of their nodes, so that they only have to be merged.
  private mutating func advance(
    _ frame: Int32, _ row: UnsafeBufferPointer<Float>, _ nodes: UnsafeBufferPointer<TokenTrie.Node>
  ) {
    next.removeAll(keepingCapacity: true)
    ended.removeAll(keepingCapacity: true)
    let best = row.max() ?? 0
    let blankScore = row[row.count - 1] - best
    // In most frames the head hears nothing but the blank.
    let bestToken = row.dropLast().max() ?? -.infinity
    var merged = next
    let before = ways
    (next, ways) = ([], [])
    before.withUnsafeBufferPointer { ways in
      var staying = 0
      /// Lets ways stay in their nodes as far as these come before one.
      func stay(before node: Int32) {
        while staying < ways.count, ways[staying].node < node {
          var way = ways[staying]
          staying += 1
          way.stay(row, best, blankScore)
          // What is at its end goes nowhere.
          if !way.children.isEmpty, way.isKept(frame) { append(way, to: &merged, nodes) }
        }
      }
      func arrive(from way: Way?) {
        let children = way?.children ?? nodes[0].children..<nodes[1].children
        let isBlankBetter = way.map { $0.blank > $0.label } ?? false
        let leave = (way.map { isBlankBetter ? $0.blank : $0.label } ?? 0) - best
        let leaveStart = way.map { isBlankBetter ? $0.blankStart : $0.labelStart } ?? frame
        // What the score of a label has to exceed for any child to be kept.
        let least = (way?.limit ?? -margin) - leave - marginPerToken
        guard bestToken > least else { return }
        for child in children {
          let token = nodes[Int(child)].label
          guard row[Int(token)] > least else { continue }
          // A label that follows itself needs a blank between.
          let isSame = token == way?.token
          let score = (isSame ? (way?.blank ?? 0) - best : leave) + row[Int(token)]
          let start = isSame ? way?.blankStart ?? 0 : leaveStart
          var arriving = self.way(to: child, nodes, score, from: start)
          guard arriving.isKept(frame), leadsOn(arriving, nodes, Int(frame) * row.count) else {
            continue
          }
          stay(before: child)
          if staying < ways.count, ways[staying].node == child {
            var stayed = ways[staying]
            staying += 1
            stayed.stay(row, best, blankScore)
            if stayed.isKept(frame) {
              if stayed.label < arriving.label {
                (stayed.label, stayed.labelStart) = (arriving.label, arriving.labelStart)
              }
              arriving = stayed
            }
          }
          append(arriving, to: &merged, nodes)
        }
      }
      // A phrase may begin here.
      arrive(from: nil)
      for way in ways where !way.children.isEmpty { arrive(from: way) }
      stay(before: .max)
    }
    (next, ways) = (before, merged)
  }

  /// A way that comes to a node.
  private func way(
    to node: Int32, _ nodes: UnsafeBufferPointer<TokenTrie.Node>, _ score: Float, from start: Int32
  ) -> Way {
    let (this, after) = (nodes[Int(node)], nodes[Int(node) + 1])
    let depth = Int(this.depth)
    return Way(
      node: node, token: this.label, children: this.children..<after.children,
      limit: max(limits.depth[depth], limits.reach[Int(this.reach)]),
      patience: Int32(Self.mostPause + Self.framesPerToken * depth), label: score,
      blank: -.infinity, labelStart: start, blankStart: 0)
  }

  private mutating func append(
    _ way: Way, to ways: inout [Way], _ nodes: UnsafeBufferPointer<TokenTrie.Node>
  ) {
    if nodes[Int(way.node)].isEnd, way.label > -.infinity { ended.append(ways.count) }
    ways.append(way)
  }

  /// Whether a way that came to a node may leave it again, or is at an end.
  private func leadsOn(
    _ way: Way, _ nodes: UnsafeBufferPointer<TokenTrie.Node>, _ next: Int
  ) -> Bool {
    let node = nodes[Int(way.node)]
    let depth = Int(node.depth)
    if node.isEnd || depth > Self.aheadDepth { return true }
    let least = max(limits.depth[depth + 1], limits.reach[Int(node.reach)]) - way.label
    return ahead.withUnsafeBufferPointer { ahead in
      for child in way.children where ahead[next + Int(nodes[Int(child)].label)] > least {
        return true
      }
      return false
    }
  }
}
