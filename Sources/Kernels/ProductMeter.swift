internal import Glibc

/// Work around matrix products that time is taken of.
package enum ProductWork: Int {
  /// The products themselves; OpenBLAS packs what it multiplies inside of them.
  case multiplying
  /// Turning rows into the integers that products with int8 weights read.
  case packing
}

/// Takes the time that the members of a team spend on matrix products.
///
/// Each member counts for itself, in cache lines that no other one touches.
package final class ProductMeter {
  /// Nanoseconds of the members' work, `[members, stride]`.
  let nanoseconds: UnsafeMutableBufferPointer<Int>
  /// Counters from one member to the next: 128 bytes, two lines, because processors fetch pairs.
  static let stride = 16

  /// Shows zero.
  package init(members: Int) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: members * Self.stride * MemoryLayout<Int>.stride, alignment: 128)
    nanoseconds = bytes.bindMemory(to: Int.self)
    nanoseconds.initialize(repeating: 0)
  }

  deinit { nanoseconds.deallocate() }

  /// Seconds that all members together have spent on it; not to be asked for during a run.
  package func seconds(_ work: ProductWork) -> Double {
    let counts = Swift.stride(from: work.rawValue, to: nanoseconds.count, by: Self.stride)
    return Double(counts.reduce(0) { $0 + nanoseconds[$1] }) / 1e9
  }
}

extension Member {
  /// Does some work, and takes its time if somebody wants to know: two readings of the clock.
  @inline(__always) func timing(_ work: ProductWork, _ body: () -> Void) {
    guard let counters else { return body() }
    let start = now()
    body()
    counters[work.rawValue] += now() - start
  }
}

private func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
