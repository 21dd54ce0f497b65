import Audio
import Foundation
import TestSupport
import Testing

@Suite struct SampleRingTests {
  /// Random pieces go through a ring and through an array, which must agree.
  @Test(arguments: 0..<20) func behavesLikeAQueue(seed: UInt64) {
    var random = Seeded(seed)
    let ring = SampleRing(capacity: 1 << Int.random(in: 0...9, using: &random))
    var queue: [Float] = []
    var (next, dropped) = (0, 0)
    for _ in 0..<2_000 {
      let size = Int.random(in: 0...ring.capacity + 3, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<4:
        let piece = (next..<next + size).map(Float.init)
        next += size
        let fits = min(size, ring.capacity - queue.count)
        #expect(piece.withUnsafeBufferPointer(ring.write) == size - fits)
        queue += piece[..<fits]
        dropped += size - fits
      case 4..<7:
        let expected = Array(queue.prefix(size))
        #expect(read(ring, atMost: size) == expected)
        queue.removeFirst(expected.count)
      default:
        let excess = max(0, queue.count - size)
        #expect(ring.discard(keepingLast: size) == excess)
        queue.removeFirst(excess)
      }
      #expect(ring.availableCount == queue.count)
      #expect(ring.droppedCount == dropped)
      #expect(ring.writtenCount == next - dropped)
    }
  }

  @Test func capacityIsTheNextPowerOfTwo() {
    for (asked, given) in [(1, 1), (2, 2), (3, 4), (1_000, 1_024), (1_024, 1_024)] {
      #expect(SampleRing(capacity: asked).capacity == given)
    }
  }

  @Test func waitingEndsWithTheTimeOrTheClosing() {
    let ring = SampleRing(capacity: 4)
    #expect(!ring.wait(for: 1, timeout: .zero))
    #expect(!ring.wait(for: 1, timeout: .nanoseconds(1)))
    #expect(ring.wait(for: 0, timeout: .zero))
    write(ring, [1, 2])
    #expect(ring.wait(for: 2, timeout: .zero))
    ring.close()
    #expect(!ring.wait(for: 3, timeout: .seconds(60)))
    #expect(ring.wait(for: 2, timeout: .seconds(60)))
    #expect(ring.isClosed)
    #expect(read(ring, atMost: 4) == [1, 2])
  }

  @Test func closingWakesTheReader() {
    let ring = SampleRing(capacity: 4)
    let writer = Thread { ring.close() }
    writer.start()
    #expect(!ring.wait(for: 1, timeout: .seconds(60)))
  }

  /// A writer that never loses a sample, because the reader tells it when there is room.
  @Test func twoThreadsLoseAndRepeatNothing() {
    let count = 2_000_000
    let ring = SampleRing(capacity: 1_024)
    let written = DispatchSemaphore(value: 0)
    let writer = Thread {
      var random = Seeded(1)
      var next = 0
      while next < count {
        let size = min(Int.random(in: 1...400, using: &random), count - next)
        // Exact in a Float as far as this counts.
        let piece = (next..<next + size).map(Float.init)
        var left = size
        while left > 0 {
          left = piece.suffix(left).withUnsafeBufferPointer(ring.write)
          if left > 0 { sched_yield() }
        }
        next += size
      }
      ring.close()
      written.signal()
    }
    writer.start()
    var random = Seeded(2)
    let piece = UnsafeMutableBufferPointer<Float>.allocate(capacity: 500)
    defer { piece.deallocate() }
    var (next, wrong) = (0, 0)
    while true {
      let size = Int.random(in: 1...500, using: &random)
      let isThere = ring.wait(for: size, timeout: .seconds(60))
      let read = ring.read(into: piece.extracting(0..<size))
      if read == 0 { break }
      #expect(isThere == (read == size))
      for index in 0..<read where piece[index] != Float(next + index) { wrong += 1 }
      next += read
    }
    written.wait()
    #expect(next == count)
    #expect(ring.writtenCount == count)
    #expect(wrong == 0)
  }
}

/// Reads samples into a new array.
func read(_ ring: SampleRing, atMost count: Int) -> [Float] {
  let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
  defer { samples.deallocate() }
  return Array(samples[..<ring.read(into: samples)])
}

/// Writes samples and returns how many did not fit.
@discardableResult func write(_ ring: SampleRing, _ samples: [Float]) -> Int {
  samples.withUnsafeBufferPointer(ring.write)
}
