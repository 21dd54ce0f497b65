internal import Kernels
internal import Synchronization

/// Relative positions near zero, which every utterance needs: projected once, and kept.
///
/// They are projected when an utterance first needs them, because all of them would take as long
/// as some seconds of audio. Recognisers on several threads share them: what was published does
/// not change any more, and one recogniser at a time projects what lies further out, while the
/// others read what is there.
///
/// Rows are projected in blocks that begin at the same rows whatever is there already. OpenBLAS
/// sums the last rows of a product in another order than the others, so that with other blocks the
/// last digits would hang on which utterances came before.
final class KeptPositions: @unchecked Sendable {
  /// Reach of the tables: one more than the furthest position kept.
  let reach: Int
  /// What they are projected by.
  let positions: RelativePositions
  /// A table for each layer, one after the other; memory is touched as it fills.
  private let tables: UnsafeMutablePointer<Float>
  /// Reach of what is there; whoever has read it may read the tables so far.
  private let filled = Atomic(0)
  /// Held by whoever fills the tables.
  private let filling = Mutex(())

  private var rows: Int { 2 * reach - 1 }

  /// Rows that are projected together: whole panels, so that nobody writes beside what others read.
  private static let block = 32

  /// Makes room for the tables.
  ///
  /// - Parameters:
  ///   - positions: What is to be kept.
  ///   - reach: One more than the furthest position.
  init(_ positions: RelativePositions, reach: Int) {
    self.positions = positions
    self.reach = reach
    tables = .allocate(capacity: positions.layers * positions.tableCount(rows: 2 * reach - 1))
  }

  deinit { tables.deallocate() }

  /// A head's part of a layer's table.
  func panels(layer: Int, head: Int) -> RowPanels {
    let values = positions.panels(of: head, in: table(layer), reach: reach)
    return RowPanels(values, rows: rows, depth: positions.depth)
  }

  private func table(_ layer: Int) -> UnsafeMutablePointer<Float> {
    tables + layer * positions.tableCount(rows: rows)
  }

  /// Sees to it that the tables are filled; takes a lock only where they are not.
  ///
  /// - Parameters:
  ///   - wanted: One more than the furthest position that is read.
  ///   - team: Does the work.
  func fill(reach wanted: Int, _ team: Team) {
    let wanted = min(reach, (wanted + Self.block - 1) / Self.block * Self.block)
    guard wanted > filled.load(ordering: .acquiring) else { return }
    filling.withLock { _ in
      let before = filled.load(ordering: .relaxed)
      guard wanted > before else { return }
      let (all, done) = (blocks(reach: wanted), blocks(reach: before))
      project(
        Array(all.lowerBound..<done.lowerBound) + Array(done.upperBound..<all.upperBound), team)
      filled.store(wanted, ordering: .releasing)
    }
  }

  /// The blocks that hold positions of some reach.
  private func blocks(reach inner: Int) -> Range<Int> {
    let first = (reach - max(1, inner)) / Self.block
    guard inner > 0 else { return first..<first }
    return first..<(reach - 1 + inner + Self.block - 1) / Self.block
  }

  private func project(_ blocks: [Int], _ team: Team) {
    let first = (blocks.first ?? 0) * Self.block
    let furthest = max(reach - 1 - first, min(rows, ((blocks.last ?? 0) + 1) * Self.block) - reach)
    let width = positions.width
    let size = RelativePositions.scratchCount(width: width)
    let sinusoids = Matrix(
      .allocate(capacity: (furthest + 1) * width), rows: furthest + 1, columns: width)
    let scratch = Matrix(.allocate(capacity: team.size * size), rows: team.size, columns: size)
    defer {
      sinusoids.values.deallocate()
      scratch.values.deallocate()
    }
    team.run { member in
      positions.fill(sinusoids, member)
      member.tiles(positions.layers * blocks.count) { tile in
        let start = blocks[tile % blocks.count] * Self.block
        let layer = tile / blocks.count
        positions.project(
          sinusoids, layer: layer, heads: 0..<width / positions.depth, into: table(layer),
          reach: reach, rows: start..<min(rows, start + Self.block),
          scratch: scratch[member.index], member)
      }
    }
  }
}
