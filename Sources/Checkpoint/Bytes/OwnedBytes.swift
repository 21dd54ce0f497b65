/// Memory for tensors that could not be used in place; 64-byte aligned.
final class OwnedBytes: @unchecked Sendable {
  /// The memory; written once, before the object is shared.
  let bytes: UnsafeMutableRawBufferPointer

  init(count: Int) {
    bytes = .allocate(byteCount: count, alignment: 64)
  }

  deinit { bytes.deallocate() }
}

/// Copies a strided tensor into row-major order.
///
/// - Parameters:
///   - source: The bytes from the first value to the last.
///   - size: Bytes of one value.
///   - shape: Extent of each dimension; no zeros.
///   - strides: Steps between neighbours, in values; all within `source`.
///   - target: As many bytes as the shape holds.
func gather(
  _ source: UnsafeRawBufferPointer, _ size: Int, shape: [Int], strides: [Int],
  into target: UnsafeMutableRawBufferPointer
) {
  switch size {
  case 1: gather(source, as: UInt8.self, shape: shape, strides: strides, into: target)
  case 2: gather(source, as: UInt16.self, shape: shape, strides: strides, into: target)
  case 4: gather(source, as: UInt32.self, shape: shape, strides: strides, into: target)
  default: gather(source, as: UInt64.self, shape: shape, strides: strides, into: target)
  }
}

private func gather<Value: BitwiseCopyable>(
  _ source: UnsafeRawBufferPointer, as type: Value.Type, shape: [Int], strides: [Int],
  into target: UnsafeMutableRawBufferPointer
) {
  let size = MemoryLayout<Value>.size
  let columns = shape.last ?? 1
  let step = (strides.last ?? 1) * size
  var index = Array(repeating: 0, count: max(shape.count - 1, 0))
  var written = 0
  while written < target.count {
    var position = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 } * size
    for _ in 0..<columns {
      let value = source.loadUnaligned(fromByteOffset: position, as: Value.self)
      target.storeBytes(of: value, toByteOffset: written, as: Value.self)
      position += step
      written += size
    }
    for dimension in index.indices.reversed() {
      index[dimension] += 1
      if index[dimension] < shape[dimension] { break }
      index[dimension] = 0
    }
  }
}
