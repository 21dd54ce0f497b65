internal import Synchronization
internal import System

/// Samples on their way from one thread to another, without a lock.
///
/// One thread writes and one reads; which ones may change only while neither runs. Counts may be
/// asked for and the ring closed from any thread. When the ring is full, new samples are dropped
/// and counted: what the reader has not seen yet is never overwritten.
package final class SampleRing: @unchecked Sendable {
  /// Samples that the ring holds at most, a power of two.
  package let capacity: Int
  private let storage: UnsafeMutablePointer<Float>
  // Totals that never wrap; the place in the storage is their remainder.
  private let written = Atomic(0)
  private let taken = Atomic(0)
  private let dropped = Atomic(0)
  private let closed = Atomic(false)
  private let isWaiting = Atomic(false)
  private let arrival = Semaphore()

  /// Makes an empty ring.
  ///
  /// - Parameter capacity: Samples that it shall hold at least, more than 0.
  package init(capacity: Int) {
    precondition((1...1 << 40).contains(capacity), "a ring of \(capacity) samples")
    self.capacity = 1 << (Int.bitWidth - (capacity - 1).leadingZeroBitCount)
    storage = .allocate(capacity: self.capacity)
    storage.initialize(repeating: 0, count: self.capacity)
  }

  deinit { storage.deallocate() }

  /// Samples that can be read now.
  package var availableCount: Int {
    // In this order, because both only grow and no sample may be read before it was written.
    let start = taken.load(ordering: .acquiring)
    return written.load(ordering: .acquiring) - start
  }

  /// Samples written since the beginning, without those dropped.
  package var writtenCount: Int { written.load(ordering: .acquiring) }

  /// Samples read or forgotten since the beginning.
  package var takenCount: Int { taken.load(ordering: .acquiring) }

  /// Samples for which there was no room.
  package var droppedCount: Int { dropped.load(ordering: .relaxed) }

  /// Whether no more samples will come; those in the ring can still be read.
  package var isClosed: Bool { closed.load(ordering: .sequentiallyConsistent) }

  // MARK: - For the thread that writes

  /// Writes samples as far as there is room, and wakes the reader; never blocks or allocates.
  ///
  /// - Parameter samples: 16 kHz, mono.
  /// - Returns: How many samples at the end did not fit; they count as dropped.
  @discardableResult package func write(_ samples: UnsafeBufferPointer<Float>) -> Int {
    let start = written.load(ordering: .relaxed)
    let room = capacity - (start - taken.load(ordering: .acquiring))
    let count = min(samples.count, room)
    if count > 0, let source = samples.baseAddress {
      let place = start & (capacity - 1)
      let straight = min(count, capacity - place)
      (storage + place).update(from: source, count: straight)
      storage.update(from: source + straight, count: count - straight)
      written.store(start + count, ordering: .sequentiallyConsistent)
      wake()
    }
    let rest = samples.count - count
    if rest > 0 { dropped.wrappingAdd(rest, ordering: .relaxed) }
    return rest
  }

  /// Says that no more samples will come, and wakes the reader.
  package func close() {
    closed.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  /// One post for each time the reader went to wait, so that posts do not pile up without one.
  ///
  /// The reader says that it waits and then looks for samples; here samples come first and the
  /// look at the reader second. In a single order of all four, one of the two sees the other.
  private func wake() {
    if isWaiting.exchange(false, ordering: .sequentiallyConsistent) { arrival.post() }
  }

  // MARK: - For the thread that reads

  /// Takes the oldest samples.
  ///
  /// - Parameter samples: Room for them.
  /// - Returns: How many there were, at most as many as there is room for.
  package func read(into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    let start = taken.load(ordering: .relaxed)
    let count = min(samples.count, written.load(ordering: .acquiring) - start)
    guard count > 0, let target = samples.baseAddress else { return 0 }
    let place = start & (capacity - 1)
    let straight = min(count, capacity - place)
    target.update(from: storage + place, count: straight)
    (target + straight).update(from: storage, count: count - straight)
    taken.store(start + count, ordering: .releasing)
    return count
  }

  /// Forgets all samples but the newest.
  ///
  /// - Parameter count: How many to keep; those from just before a key is pressed, for example.
  /// - Returns: How many were forgotten.
  @discardableResult package func discard(keepingLast count: Int) -> Int {
    let start = taken.load(ordering: .relaxed)
    let excess = written.load(ordering: .acquiring) - start - max(0, count)
    guard excess > 0 else { return 0 }
    taken.store(start + excess, ordering: .releasing)
    return excess
  }

  /// Waits until so many samples can be read.
  ///
  /// - Parameters:
  ///   - count: Samples, at most the capacity.
  ///   - timeout: How long to wait at most.
  /// - Returns: Whether they can be read; false at once where the ring is closed with fewer.
  package func wait(for count: Int, timeout: Duration) -> Bool {
    precondition(count <= capacity, "waits for more samples than the ring holds")
    let deadline = SuspendingClock.now + timeout
    while availableCount < count {
      isWaiting.store(true, ordering: .sequentiallyConsistent)
      let start = taken.load(ordering: .relaxed)
      // Closed first: what was written before that shall be seen.
      let ended = isClosed
      let isThere = written.load(ordering: .sequentiallyConsistent) - start >= count
      let left = SuspendingClock.now.duration(to: deadline)
      if isThere || ended || left <= .zero || !arrival.wait(timeout: left) {
        isWaiting.store(false, ordering: .sequentiallyConsistent)
        return isThere || availableCount >= count
      }
    }
    return true
  }
}
