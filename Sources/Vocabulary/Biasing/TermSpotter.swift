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

  private let trie: TokenTrie
  private struct Way {
    var node: Int32
    /// The best score of ways that end in the node's label and in a blank behind it, and where
    /// these begin.
    var label, blank: Float
    var labelStart, blankStart: Int32
  }
  private var ways: [Way] = []
  private var next: [Way] = []
  /// Of each node its place in `next`, where `stamps` has the frame.
  private var places: [Int32]
  private var stamps: [Int32]

  /// Prepares to look for all phrases of a trie.
  package init(_ trie: TokenTrie) {
    self.trie = trie
    places = [Int32](repeating: 0, count: trie.nodeCount)
    stamps = [Int32](repeating: -1, count: trie.nodeCount)
  }

  /// All places where phrases may have been said, for each phrase the best of those that overlap.
  ///
  /// - Parameters:
  ///   - scores: Logarithms of probabilities, `[T, V + 1]`, the blank last.
  ///   - labels: V + 1.
  /// - Returns: Hits in the order in which they end.
  package mutating func hits(in scores: [Float], labels: Int) -> [Hit] {
    guard trie.nodeCount > 1 else { return [] }
    var hits: [Hit] = []
    var latest: [Int: Int] = [:]
    for index in stamps.indices { stamps[index] = -1 }
    ways.removeAll(keepingCapacity: true)
    let frames = scores.count / labels
    scores.withUnsafeBufferPointer { all in
      for frame in 0..<frames {
        let row = UnsafeBufferPointer(rebasing: all[frame * labels..<(frame + 1) * labels])
        advance(frame, row, row.max() ?? 0)
        for way in ways where trie.ends[Int(way.node)] >= 0 && way.label > -.infinity {
          let entry = Int(trie.ends[Int(way.node)])
          let hit = Hit(
            entry: entry, frames: Int(way.labelStart)..<frame + 1, score: way.label)
          if let place = latest[entry], hits[place].frames.overlaps(hit.frames) {
            if hits[place].score < hit.score { hits[place] = hit }
          } else {
            latest[entry] = hits.count
            hits.append(hit)
          }
        }
      }
    }
    return hits
  }

  private mutating func advance(_ frame: Int, _ row: UnsafeBufferPointer<Float>, _ best: Float) {
    next.removeAll(keepingCapacity: true)
    let blankScore = row[row.count - 1] - best
    for way in ways {
      let label = Int(trie.labels[Int(way.node)])
      let leave = max(way.label, way.blank)
      let leaveStart = way.label >= way.blank ? way.labelStart : way.blankStart
      offer(
        frame, way.node, label: way.label + row[label] - best, way.labelStart,
        blank: leave + blankScore, leaveStart)
      for child in trie.children[Int(way.node)]..<trie.children[Int(way.node) + 1] {
        let token = Int(trie.labels[Int(child)])
        // A label that follows itself needs a blank between.
        let (score, start) =
          token == label ? (way.blank, way.blankStart) : (leave, leaveStart)
        offer(frame, child, label: score + row[token] - best, start)
      }
    }
    for child in trie.children[0]..<trie.children[1] {
      offer(frame, child, label: row[Int(trie.labels[Int(child)])] - best, Int32(frame))
    }
    swap(&ways, &next)
  }

  private mutating func offer(
    _ frame: Int, _ node: Int32, label: Float, _ labelStart: Int32,
    blank: Float = -.infinity, _ blankStart: Int32 = 0
  ) {
    let index = Int(node)
    let limit = max(
      -margin - marginPerToken * Float(trie.depths[index]),
      least - reward * Float(trie.reaches[index]))
    guard label > limit || blank > limit,
      frame - Int(max(labelStart, blankStart)) <= Self.mostPause
        + Self.framesPerToken * Int(trie.depths[index])
    else { return }
    if stamps[index] != Int32(frame) {
      stamps[index] = Int32(frame)
      places[index] = Int32(next.count)
      next.append(
        Way(
          node: node, label: label, blank: blank, labelStart: labelStart, blankStart: blankStart))
      return
    }
    let place = Int(places[index])
    if label > next[place].label {
      (next[place].label, next[place].labelStart) = (label, labelStart)
    }
    if blank > next[place].blank {
      (next[place].blank, next[place].blankStart) = (blank, blankStart)
    }
  }
}
