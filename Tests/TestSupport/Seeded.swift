/// A small generator of random numbers that starts the same way every time.
public struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose numbers follow from a seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next 64 bits (Steele, Lea and Flood's SplitMix).
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// Values in a range.
  public mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}
