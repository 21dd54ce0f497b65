/// A tree of phrases that adds to the scores of tokens which continue one (NeMo's GPU-PB;
/// Andrusenko et al., 2025), with what to do where a phrase breaks off (Aho and Corasick, 1975).
///
/// A node is what of phrases the last tokens are; the root is nothing. Some 21 bytes for each node,
/// in one piece of memory. Immutable, so that threads may share it.
package final class BiasingTree: @unchecked Sendable {
  /// Where it lies.
  let nodes: BiasingNodes
  private let memory: UnsafeMutableRawPointer

  /// Nodes, the root included.
  package var nodeCount: Int { nodes.count }
  /// Bytes that it takes.
  package let byteCount: Int

  /// Makes a tree.
  ///
  /// - Parameters:
  ///   - phrases: What to favour; the same tokens may come again.
  ///   - settings: How tokens are scored.
  package init(_ phrases: [BiasingPhrase], _ settings: BiasingSettings) {
    let shape = BiasingTreeShape(phrases)
    byteCount = BiasingNodes.byteCount(shape.labels.count)
    memory = .allocate(byteCount: byteCount, alignment: 16)
    var builder = BiasingTreeBuilder(shape, in: memory, settings)
    builder.score(phrases)
    builder.link()
    nodes = builder.nodes
  }

  deinit { memory.deallocate() }

  /// What a token adds, and where it leads.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - node: What came before.
  /// - Returns: Its score, and the node behind it.
  package func advance(_ token: Int, from node: Int) -> (score: Float, node: Int) {
    let step = nodes.advance(token, from: Int32(node), canStart: true)
    return (step.score, Int(step.node))
  }

  /// What the end adds: it takes back what was given to phrases that are not finished.
  package func end(at node: Int) -> Float { nodes.end(at: Int32(node)) }

  // MARK: - What it consists of

  /// Tokens that lead on from a node, with their own scores and the nodes that they lead to.
  package func arcs(of node: Int) -> [(token: Int, score: Float, node: Int)] {
    nodes.arcs(of: Int32(node)).map {
      (Int(nodes.labels[$0]), nodes.weights[$0], $0)
    }
  }

  /// Where it goes on from a node that no token leads on from, and what that adds.
  package func backoff(of node: Int) -> (score: Float, node: Int) {
    (nodes.backoffs[node], Int(nodes.fails[node]))
  }
}
