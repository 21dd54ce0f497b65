import Foundation
import System
import TestSupport
import Testing
import Transcription

/// When files of a watched folder are whole, by a clock that is moved by hand.
@Suite struct ArrivalTests {
  private let folder: TemporaryFolder
  private let path: String
  private let start = ContinuousClock.now

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write([1], "a")
  }

  private func status(_ bytes: [UInt8]) throws -> FileStatus {
    try FileStatus(of: folder.write(bytes, "a"))
  }

  private func after(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test func filesOfWhichNothingIsToldHaveToStandStill() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    arrivals.look(at: path, try status([1]), at: after(0))
    #expect(arrivals.take(at: after(1)) == [] && arrivals.next == after(2))
    arrivals.look(at: path, try status([1, 2]), at: after(1))
    #expect(arrivals.take(at: after(2)) == [] && arrivals.next == after(3))
    #expect(arrivals.take(at: after(3)) == [path] && arrivals.waiting == [])
    #expect(arrivals.take(at: after(9)) == [] && arrivals.next == nil)
  }

  @Test func whoClosesAFileSaysThatItIsWhole() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    arrivals.begin(path, at: after(0))
    arrivals.look(at: path, try status([1]), at: after(0))
    #expect(arrivals.take(at: after(50)) == [] && arrivals.next == after(60))
    arrivals.end(path, at: after(50))
    arrivals.look(at: path, try status([1, 2]), at: after(50))
    #expect(arrivals.take(at: after(50)) == [path])
  }

  /// Who died over it never closes a file that was copied by another machine.
  @Test func aWriterIsNotWaitedForWithoutEnd() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    arrivals.begin(path, at: after(0))
    arrivals.look(at: path, try status([1]), at: after(1))
    #expect(arrivals.take(at: after(61)) == [path])
  }

  @Test func whatHasChangedComesAgainAndNothingElse() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    let first = try status([1])
    for time in [0.0, 2] { arrivals.look(at: path, first, at: after(time)) }
    #expect(arrivals.take(at: after(2)) == [path])
    // Opened for writing, and closed as it was.
    arrivals.end(path, at: after(3))
    #expect(arrivals.waiting == [path])
    arrivals.look(at: path, first, at: after(3))
    #expect(arrivals.take(at: after(9)) == [])
    arrivals.end(path, at: after(10))
    arrivals.look(at: path, try status([1, 2]), at: after(10))
    #expect(arrivals.take(at: after(10)) == [path])
    // Without a word of it, it has to stand still again.
    arrivals.look(at: path, try status([1, 2, 3]), at: after(11))
    #expect(arrivals.take(at: after(12)) == [] && arrivals.take(at: after(13)) == [path])
  }

  @Test func whatGoesIsForgotten() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    arrivals.look(at: path, try status([1]), at: after(0))
    arrivals.look(at: path, nil, at: after(1))
    #expect(arrivals.take(at: after(9)) == [] && arrivals.waiting == [])
    arrivals.look(at: path, try status([1]), at: after(10))
    arrivals.keep([])
    #expect(arrivals.next == nil)
  }

  @Test func whatIsGivenBackComesAgain() throws {
    var arrivals = Arrivals(patience: .seconds(2))
    arrivals.look(at: path, try status([1]), at: after(0))
    #expect(arrivals.take(at: after(2)) == [path])
    arrivals.giveBack(path, at: after(5), after: .seconds(60))
    #expect(arrivals.take(at: after(64)) == [] && arrivals.take(at: after(65)) == [path])
  }
}
