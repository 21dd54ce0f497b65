import Kernels
import Testing

@Suite struct TeamTests {
  private static let counts = [0, 1, 7, 1_000]

  /// Numbers in memory that several threads write, each in places of its own.
  private final class Tally {
    let counts: UnsafeMutablePointer<Int>
    let count: Int

    init(_ count: Int) {
      self.count = count
      counts = .allocate(capacity: max(1, count))
      counts.initialize(repeating: 0, count: max(1, count))
    }

    deinit { counts.deallocate() }

    subscript(index: Int) -> Int {
      get { counts[index] }
      set { counts[index] = newValue }
    }
  }

  @Test(arguments: 1...4) func everyTileIsDoneOnceAStage(size: Int) throws {
    let team = try #require(Team(size: size))
    #expect(team.size == size)
    for count in Self.counts {
      // One row for each member, so that two members that do the same tile are seen.
      let done = Tally(size * count)
      team.run { member in
        for _ in 0..<2 { member.tiles(count) { done[member.index * count + $0] += 1 } }
      }
      let sums = (0..<count).map { tile in (0..<size).reduce(0) { $0 + done[$1 * count + tile] } }
      #expect(sums == [Int](repeating: 2, count: count), "\(size) members, \(count) tiles")
    }
  }

  @Test(arguments: 1...4) func everyIndexOfARangeIsDoneOnce(size: Int) throws {
    let team = try #require(Team(size: size))
    for (count, grain) in Self.counts.flatMap({ count in [1, 3, 64, 5_000].map { (count, $0) } }) {
      let done = Tally(size * count)
      team.run { member in
        member.ranges(count, grain: grain) { range in
          for index in range { done[member.index * count + index] += 1 }
        }
      }
      let sums = (0..<count).map { at in (0..<size).reduce(0) { $0 + done[$1 * count + at] } }
      #expect(sums == [Int](repeating: 1, count: count), "\(count) in ranges of \(grain)")
    }
  }

  @Test(arguments: 1...4) func everyMemberTakesPart(size: Int) throws {
    let team = try #require(Team(size: size))
    let runs = Tally(size)
    let once = Tally(1)
    let seen = Tally(size)
    for round in 1...100 {
      team.run { member in
        runs[member.index] += 1
        member.once { once[0] += 1 }
        // What one member did is there for all of them afterwards.
        if once[0] == round { seen[member.index] += 1 }
        member.barrier()
      }
    }
    #expect((0..<size).map { runs[$0] } == [Int](repeating: 100, count: size))
    #expect(once[0] == 100)
    #expect((0..<size).map { seen[$0] } == [Int](repeating: 100, count: size))
  }

  /// Each stage reads what other members wrote in the stage before.
  @Test(arguments: 1...4) func stagesSeeWhatEarlierOnesWrote(size: Int) throws {
    let team = try #require(Team(size: size))
    let count = 97
    let (a, b) = (Tally(count), Tally(count))
    let total = Tally(1)
    var wrong: [Int] = []
    for run in 0..<2_000 {
      team.run { member in
        member.tiles(count) { a[$0] = run + $0 }
        member.tiles(count) { b[$0] = a[count - 1 - $0] * 2 }
        member.ranges(count, grain: 10) { for index in $0 { a[index] = b[index] + 1 } }
        member.once { total[0] = (0..<count).reduce(0) { $0 + a[$1] } }
      }
      if total[0] != count * (2 * run + 1) + count * (count - 1) { wrong.append(run) }
    }
    #expect(wrong.isEmpty, "\(size) members: \(wrong.count) of 2,000 runs, \(wrong.prefix(5))")
  }

  @Test func aTeamMayBeLargerThanTheMachine() throws {
    let team = try #require(Team(size: Team.physicalCores + 7))
    #expect(team.size == Team.physicalCores + 7)
    let (done, sum) = (Tally(500), Tally(1))
    for _ in 0..<50 {
      team.run { member in
        member.tiles(500) { done[$0] += 1 }
        member.once { sum[0] = (0..<500).reduce(0) { $0 + done[$1] } }
      }
    }
    #expect(sum[0] == 500 * 50)
  }

  @Test func nobodySaysHowMany() throws {
    let team = try #require(Team(size: 0))
    #expect(team.size == Team.physicalCores)
    #expect(Team.physicalCores >= 1)
  }

  @Test func teamsComeAndGo() throws {
    for size in 1...40 {
      let team = try #require(Team(size: size % 4 + 1))
      let done = Tally(10)
      if size.isMultiple(of: 2) { team.run { $0.tiles(10) { done[$0] += 1 } } }
      #expect((0..<10).allSatisfy { done[$0] == (size.isMultiple(of: 2) ? 1 : 0) })
    }
  }
}
