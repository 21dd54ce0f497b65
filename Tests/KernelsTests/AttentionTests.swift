import Foundation
import Kernels
import TestSupport
import Testing

extension KernelTests {
  /// One head on some frames.
  private struct Head {
    let frames, depth: Int
    let q, k, v, p, u, w: Grid
    let keys, values, positions: Grid
    let team: Team

    init(frames: Int, depth: Int, _ numbers: inout Seeded, _ team: Team) {
      (self.frames, self.depth, self.team) = (frames, depth, team)
      q = Grid(frames, depth, gap: 3, in: -2...2, &numbers)
      k = Grid(frames, depth, gap: 5, in: -2...2, &numbers)
      v = Grid(frames, depth, gap: 7, &numbers)
      p = Grid(2 * frames - 1, depth, gap: 1, &numbers)
      (u, w) = (Grid(1, depth, &numbers), Grid(1, depth, &numbers))
      keys = Grid(room: 1, RowPanels.count(rows: frames, depth: depth))
      values = Grid(room: 1, ColumnPanels.count(rows: frames, depth: depth))
      positions = Grid(room: 1, RowPanels.count(rows: 2 * frames - 1, depth: depth))
    }

    func attention(_ reach: AttentionReach, block: Int) -> Grid {
      RowPanels.pack(k.view, into: keys.values)
      ColumnPanels.pack(v.view, into: values.values)
      RowPanels.pack(p.view, into: positions.values)
      let y = Grid(room: frames, depth, gap: 2)
      let scratch = Grid(room: 1, QueryBlock.count(queries: block, depth: depth, reach))
      let table = RowPanels(positions.values, rows: 2 * frames - 1, depth: depth)
      for first in stride(from: 0, to: frames, by: block) {
        let queries = first..<min(frames, first + block)
        let part = QueryBlock(
          q.view.rows(queries), u: u.values, v: w.values, scale: 0.25, scratch: scratch.values)
        let seen = reach.keys(for: queries, frames: frames)
        let start = seen.lowerBound / 16 * 16
        for key in stride(from: start, to: seen.upperBound, by: QueryBlock.keys) {
          team.run { member in
            part.attend(
              key..<min(seen.upperBound, key + QueryBlock.keys),
              keys: RowPanels(keys.values, rows: frames, depth: depth),
              values: ColumnPanels(values.values, rows: frames), positions: table,
              row: table.middle - first, query: first, reach, member)
          }
        }
        part.finish(into: y.matrix.rows(queries))
      }
      return y
    }

    /// The row of the position of a query to a key, nil where NeMo adds no positional term.
    private func row(_ query: Int, _ key: Int, _ reach: AttentionReach) -> Int? {
      let (ahead, shift) = (key - query, abs(reach.left - reach.right))
      let zero = frames - 1
      if reach.left < reach.right, ahead < 0 { return -ahead > shift ? zero + ahead + shift : nil }
      if reach.left > reach.right, ahead >= 0 { return ahead >= shift ? zero + ahead - shift : nil }
      return zero + ahead
    }

    /// What some of the queries should get.
    func expected(_ reach: AttentionReach) -> [Int: [Double]] {
      var expected: [Int: [Double]] = [:]
      for query in stride(from: 0, to: frames, by: frames < 70 ? 1 : 17) {
        let seen = max(0, query - reach.left)..<min(frames, query + reach.right + 1)
        let scores = seen.map { key in
          let row = row(query, key, reach)
          return (0..<depth).reduce(0.0) { sum, i in
            let position = row.map { (q[query, i] + w[0, i]) * p[$0, i] } ?? 0
            return sum + (q[query, i] + u[0, i]) * k[key, i] + position
          } / 4
        }
        let top = scores.max() ?? 0
        let weights = scores.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        expected[query] = (0..<depth).map { i in
          zip(seen, weights).reduce(0.0) { $0 + $1.1 * v[$1.0, i] } / total
        }
      }
      return expected
    }
  }

  private static let reaches = [
    AttentionReach.all, AttentionReach(left: 3, right: 3), AttentionReach(left: 40, right: 40),
    AttentionReach(left: 2, right: 7), AttentionReach(left: 7, right: 2),
    AttentionReach(left: 30, right: 0), AttentionReach(left: 0, right: 21),
  ]

  @Test func attentionOfOneHead() throws {
    let team = try #require(Team(size: 1))
    var numbers = Seeded(40)
    for (frames, depth, block) in [
      (1, 1, 6), (2, 4, 6), (5, 8, 6), (7, 16, 6), (16, 17, 13), (17, 48, 96), (31, 5, 12),
      (65, 24, 30), (97, 128, 60), (400, 33, 96), (801, 4, 96),
    ] {
      let head = Head(frames: frames, depth: depth, &numbers, team)
      for reach in Self.reaches {
        let expected = head.expected(reach)
        Self.withEveryInstructionSet { name in
          let y = head.attention(reach, block: block)
          y.expect(
            "attention \(name) \(frames) × \(depth) by \(block) \(reach)", absolute: 1e-5
          ) { expected[$0]?[$1] ?? y[$0, $1] }
        }
      }
    }
  }

  /// What a query gets does not depend on which others are computed with it.
  @Test func attentionInOtherBlocks() throws {
    let team = try #require(Team(size: 1))
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(41)
      let head = Head(frames: 411, depth: 16, &numbers, team)
      let whole = head.attention(.all, block: 411).copy()
      for block in [6, 12, 35, 96] {
        #expect(head.attention(.all, block: block).copy() == whole, "\(name) by \(block)")
      }
    }
  }

  /// A score far above all earlier ones, in the last keys, makes these count for nothing.
  @Test func attentionToLateKeys() throws {
    let team = try #require(Team(size: 1))
    var numbers = Seeded(42)
    let head = Head(frames: 2 * QueryBlock.keys + 5, depth: 8, &numbers, team)
    for key in QueryBlock.keys..<head.frames {
      for i in 0..<head.depth { head.k.values[key * head.k.stride + i] *= 40 }
    }
    let expected = head.expected(.all)
    Self.withEveryInstructionSet { name in
      let y = head.attention(.all, block: 48)
      y.expect("late keys \(name)", absolute: 1e-4) { expected[$0]?[$1] ?? y[$0, $1] }
    }
  }

  @Test func packedRows() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(43)
      for (rows, first) in [0, 1, 15, 16, 17, 50].flatMap({ rows in [0, 3, 16].map { (rows, $0) } })
      {
        for depth in [1, 16, 21, 32] {
          let x = Grid(rows, depth, gap: 4, &numbers)
          let y = Grid(room: 1, RowPanels.count(rows: first + rows, depth: depth))
          RowPanels.pack(x.view, into: y.values, first: first)
          y.expect("packed rows \(name) \(first) + \(rows) × \(depth)", absolute: 0) { _, i in
            let row = i / 16 / depth * 16 + i % 16 - first
            return row < 0 || row >= rows ? Double(Float(1e30)) : x[row, i / 16 % depth]
          }
        }
      }
    }
  }

  @Test func packedColumns() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(44)
      for (rows, depth) in [0, 1, 7].flatMap({ rows in [1, 15, 16, 33].map { (rows, $0) } }) {
        let x = Grid(rows, depth, gap: 4, &numbers)
        let y = Grid(room: 1, ColumnPanels.count(rows: rows, depth: depth))
        ColumnPanels.pack(x.view, into: y.values)
        y.expect("packed columns \(name) \(rows) × \(depth)", absolute: 0) { _, i in
          let (row, column) = (i / 16 % max(1, rows), i / 16 / max(1, rows) * 16 + i % 16)
          return column < depth ? x[row, column] : 0
        }
      }
    }
  }
}
