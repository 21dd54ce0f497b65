internal import Glibc

/// A matrix of int8 weights that keeps its memory alive.
package struct PackedMatrix: Sendable {
  /// The weights, 64-byte aligned; valid as long as this matrix is.
  package let weights: PackedWeights
  private let owner: any AnyObject & Sendable

  /// Wraps weights that live as long as their owner.
  package init(_ weights: PackedWeights, owner: any AnyObject & Sendable) {
    (self.weights, self.owner) = (weights, owner)
  }
}

/// Memory for a packed matrix: zeros, on pages that go back to the system with this object.
package final class PackedMemory: @unchecked Sendable {
  private let bytes: UnsafeMutableRawBufferPointer
  /// `[panels, quads, 16, 4]`, 64-byte aligned.
  package let values: UnsafeMutablePointer<Int8>
  /// `[panels · 16]`, 64-byte aligned.
  package let scales: UnsafeMutablePointer<Float>

  /// Maps the memory; nil where the system has none left, which `errno` then says.
  package init?(_ shape: PackedShape) {
    guard
      let start = mmap(
        nil, shape.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { return nil }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: shape.byteCount)
    values = start.bindMemory(to: Int8.self, capacity: shape.valueBytes)
    scales = (start + shape.valueBytes).bindMemory(to: Float.self, capacity: shape.scales)
  }

  deinit { munmap(bytes.baseAddress, bytes.count) }
}
