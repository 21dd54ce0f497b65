internal import Glibc
internal import Synchronization

/// Work around matrix products that time is taken of.
package enum ProductWork {
  /// The products themselves; OpenBLAS packs what it multiplies inside of them.
  case multiplying
  /// Turning rows into the integers that products with int8 weights read.
  case packing

  /// Seconds that all threads together have spent on it since the program started.
  package var seconds: Double {
    let nanoseconds =
      switch self {
      case .multiplying: multiplyingNanoseconds.load(ordering: .relaxed)
      case .packing: packingNanoseconds.load(ordering: .relaxed)
      }
    return Double(nanoseconds) / 1e9
  }
}

private let multiplyingNanoseconds = Atomic(0)
private let packingNanoseconds = Atomic(0)

/// Takes the time of some work: two readings of the clock, some 50 ns.
func account(_ work: ProductWork, _ body: () -> Void) {
  let start = now()
  body()
  let spent = now() - start
  switch work {
  case .multiplying: multiplyingNanoseconds.wrappingAdd(spent, ordering: .relaxed)
  case .packing: packingNanoseconds.wrappingAdd(spent, ordering: .relaxed)
  }
}

private func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
