/// Converts stored values to float32.
///
/// The loops use integer arithmetic and selects only, so that they vectorise without the F16C
/// instructions and give the same numbers when the thread flushes subnormals to zero.
///
/// - Parameters:
///   - source: The values, row-major, at any alignment.
///   - element: How they are stored.
///   - target: As many floats as there are values.
/// - Returns: Whether such values can be weights.
func convert(
  _ source: UnsafeRawBufferPointer, as element: ElementType,
  to target: UnsafeMutableBufferPointer<Float>
) -> Bool {
  switch element {
  case .float32: convert(source, to: target) { (bits: UInt32) in Float(bitPattern: bits) }
  case .bfloat16:
    convert(source, to: target) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
  case .float16: convert(source, to: target, single)
  case .float64: convert(source, to: target) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
  case .int8: convert(source, to: target) { (value: Int8) in Float(value) }
  default: return false
  }
  return true
}

@inline(__always)
private func convert<Stored: FixedWidthInteger & BitwiseCopyable>(
  _ source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Float>,
  _ value: (Stored) -> Float
) {
  guard let from = source.baseAddress, let to = target.baseAddress else { return }
  for index in 0..<target.count {
    to[index] = value(
      from.loadUnaligned(fromByteOffset: index &* MemoryLayout<Stored>.size, as: Stored.self))
  }
}

/// The float32 with the value of a half, from its bits.
@inline(__always)
private func single(_ half: UInt16) -> Float {
  let sign = UInt32(half & 0x8000) << 16
  let magnitude = UInt32(half & 0x7fff)
  // Exponents are biased by 15 in a half and by 127 in a single.
  let normal = (magnitude << 13) &+ (112 << 23)
  let special = normal &+ (112 << 23)
  // 0.5 + m·2⁻²⁴ has the bits of m below those of 0.5.
  let subnormal = (Float(bitPattern: 0x3f00_0000 | magnitude) - 0.5).bitPattern
  let finite = magnitude < 0x0400 ? subnormal : normal
  return Float(bitPattern: sign | (magnitude >= 0x7c00 ? special : finite))
}

/// Rounds float32 values to halves, ties to even.
///
/// - Parameters:
///   - source: The values.
///   - target: As many halves, as bits.
/// - Returns: Whether all of them are within a half's range; ±65,504 is its end.
package func roundToHalf(
  _ source: UnsafeBufferPointer<Float>, into target: UnsafeMutableBufferPointer<UInt16>
) -> Bool {
  guard let from = source.baseAddress, let to = target.baseAddress else { return source.isEmpty }
  var largest: Int32 = 0
  for index in 0..<source.count {
    let bits = from[index].bitPattern
    let magnitude = bits & 0x7fff_ffff
    largest = max(largest, Int32(bitPattern: magnitude))
    let even = (magnitude >> 13) & 1
    let normal = (magnitude &+ 0xfff &+ even &- (112 << 23)) >> 13
    // Adding 0.5 leaves the half's subnormal in the lowest bits, rounded by the adder.
    let subnormal = (Float(bitPattern: magnitude) + 0.5).bitPattern &- 0x3f00_0000
    let rounded = magnitude < 0x3880_0000 ? subnormal : normal
    to[index] = UInt16(truncatingIfNeeded: rounded | (bits >> 16) & 0x8000)
  }
  // 65,520 is the smallest value that rounds to infinity.
  return largest < Int32(bitPattern: Float(65_520).bitPattern)
}
