/// A contiguous row-major tensor of 32-bit floats that keeps its memory alive.
///
/// The values lie in a mapped file wherever they are stored as aligned, contiguous float32, and in
/// memory of their own where they had to be converted.
package struct FloatTensor: @unchecked Sendable {
  /// Extent of each dimension, outermost first.
  package let shape: [Int]
  /// The values, row-major; valid as long as this tensor is.
  package let values: UnsafeBufferPointer<Float>
  private let owner: AnyObject

  /// Wraps values that live as long as their owner.
  ///
  /// - Parameters:
  ///   - shape: Extent of each dimension; their product is the number of values.
  ///   - values: The values, row-major.
  ///   - owner: The object that keeps `values` valid.
  package init(shape: [Int], values: UnsafeBufferPointer<Float>, owner: AnyObject) {
    precondition(shape.reduce(1, *) == values.count)
    self.shape = shape
    self.values = values
    self.owner = owner
  }

  /// Whether no value is infinite, or no number.
  ///
  /// By integers alone, so that the loop vectorises: exponents of all ones are the largest.
  var isFinite: Bool {
    withExtendedLifetime(owner) {
      var largest: Int32 = 0
      for value in values {
        largest = max(largest, Int32(bitPattern: value.bitPattern & 0x7fff_ffff))
      }
      return largest < 0x7f80_0000
    }
  }
}
