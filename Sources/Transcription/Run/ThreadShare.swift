internal import System

/// The threads of a run, shared out among those of its jobs that still have something to do.
///
/// There are never more threads at work than were given. A job that ends leaves its threads to
/// those that go on, which take them before their next window.
final class ThreadShare: Sendable {
  private struct State {
    var free = 0
    var jobs: Int
  }

  /// All of them.
  let total: Int
  private let first: [Int]
  private let state: Monitor<State>

  /// Shares threads out evenly; each job gets one at least.
  init(threads: Int, jobs: Int) {
    total = max(threads, jobs)
    first = (0..<jobs).map { [total] in total / jobs + ($0 < total % jobs ? 1 : 0) }
    state = Monitor(State(jobs: jobs))
  }

  /// What a job begins with.
  subscript(job: Int) -> Int { first[job] }

  /// What a job goes on with that has some threads.
  func widened(_ threads: Int) -> Int {
    state.withLock { state in
      let even = (total + state.jobs - 1) / state.jobs
      let more = min(state.free, max(0, even - threads))
      state.free -= more
      return threads + more
    }
  }

  /// Takes a job's threads back: it has nothing more to do.
  func leave(_ threads: Int) {
    state.withLock { state in
      state.free += threads
      state.jobs = max(1, state.jobs - 1)
    }
  }
}
