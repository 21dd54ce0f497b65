/// Where a recording is in a tree of phrases that its recognition favours.
package struct Biasing: Sendable {
  /// The phrases.
  package let tree: BiasingTree
  /// What their tokens are given is multiplied with it.
  package let alpha: Float
  /// What came last of a phrase.
  private(set) var node: Int32 = 0

  /// The beginning of a recording.
  ///
  /// - Parameters:
  ///   - tree: The phrases, as tokens of the model that recognises it.
  ///   - alpha: What their tokens are given is multiplied with it.
  package init(_ tree: BiasingTree, alpha: Float) { (self.tree, self.alpha) = (tree, alpha) }

  /// Goes on from where a search ended.
  mutating func move(to cursor: BiasingCursor) { node = cursor.node }
}

extension Biasing: Equatable {
  package static func == (a: Biasing, b: Biasing) -> Bool {
    a.tree === b.tree && a.alpha == b.alpha && a.node == b.node
  }
}
