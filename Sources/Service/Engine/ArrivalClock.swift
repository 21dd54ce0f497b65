internal import Synchronization

/// When samples are due that were spoken but have not arrived.
///
/// On a busy machine they come late, by more than a word takes, and what was said before a key went
/// up arrives long after that. The quickest arrival so far tells how many samples there should be
/// at any time. Devices do not run at exactly their rate, so that an old arrival counts less.
package final class ArrivalClock: Sendable {
  private struct State {
    /// When the last samples came.
    var time: ContinuousClock.Instant
    /// How many samples had come by then, had all been as quick as the quickest.
    var due: Int
  }

  private let state = Mutex<State?>(nil)

  /// A thousandth of the rate: no device is that far off.
  private static let tolerance = 1_000
  /// What is later than this is not on its way: a second.
  private static let longestDelay = 16_000

  /// Knows of no arrival yet.
  package init() {}

  /// Takes down that samples arrived.
  ///
  /// - Parameters:
  ///   - count: How many there are now, since the beginning.
  ///   - time: Now.
  package func note(arrived count: Int, at time: ContinuousClock.Instant = .now) {
    state.withLock { state in
      let due = state.map {
        let passed = $0.time.duration(to: time).samples
        return $0.due + passed - passed / Self.tolerance
      }
      state = State(time: time, due: max(count, due ?? count))
    }
  }

  /// Forgets all arrivals, because samples were lost.
  package func restart() { state.withLock { $0 = nil } }

  /// Samples spoken until a time.
  ///
  /// - Parameters:
  ///   - time: Not before the last arrival.
  ///   - count: How many have arrived.
  /// - Returns: At least as many, and at most a second more.
  package func spoken(until time: ContinuousClock.Instant, arrived count: Int) -> Int {
    let due = state.withLock { state in
      state.map { $0.due + $0.time.duration(to: time).samples }
    }
    return min(max(count, due ?? count), count + Self.longestDelay)
  }
}
