import Glibc

/// A matrix of int8 weights with a scale for each output; keeps its memory alive.
///
/// The weight of output o and input i is `scales[o]` times the value that stands where
/// `PackedShape` says.
package struct PackedMatrix: @unchecked Sendable {
  /// Outputs, inputs and the extents that follow from them.
  package let shape: PackedShape
  /// Weights −127…127, `[panels, quads, 16, 4]`, 64-byte aligned; valid as long as this matrix is.
  package let values: UnsafePointer<Int8>
  /// Scales, `[panels · 16]`, 64-byte aligned, finite and not negative; valid as long as this
  /// matrix is.
  package let scales: UnsafePointer<Float>
  private let owner: AnyObject

  /// Outputs.
  package var rows: Int { shape.rows }
  /// Inputs.
  package var columns: Int { shape.columns }
  /// Groups of 16 outputs, the last one padded with zeros.
  package var panels: Int { shape.panels }
  /// Groups of four inputs, the last one padded with zeros.
  package var quads: Int { shape.quads }

  init(
    shape: PackedShape, values: UnsafePointer<Int8>, scales: UnsafePointer<Float>, owner: AnyObject
  ) {
    self.shape = shape
    self.values = values
    self.scales = scales
    self.owner = owner
  }
}

/// Memory for a packed matrix: zeros, on pages that go back to the system with this object.
final class PackedMemory: @unchecked Sendable {
  private let bytes: UnsafeMutableRawBufferPointer
  /// `[panels, quads, 16, 4]`.
  let values: UnsafeMutablePointer<Int8>
  /// `[panels · 16]`.
  let scales: UnsafeMutablePointer<Float>

  /// Maps the memory.
  ///
  /// - Parameters:
  ///   - shape: What it is for; not empty.
  ///   - path: The model, for the error.
  /// - Throws: `CheckpointError.unreadable` where the system has no memory left.
  init(_ shape: PackedShape, path: String) throws(CheckpointError) {
    let count = shape.byteCount
    guard
      let start = mmap(
        nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { throw .unreadable(path: path, reason: systemErrorText()) }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
    values = start.bindMemory(to: Int8.self, capacity: shape.valueBytes)
    scales = (start + shape.valueBytes).bindMemory(to: Float.self, capacity: shape.scales)
  }

  deinit { munmap(bytes.baseAddress, bytes.count) }
}
