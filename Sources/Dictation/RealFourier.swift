internal import Glibc

/// A Fourier transform of `count` real values, by one of half as many complex ones.
///
/// Plain radix 2 with tables: 1,024 points take some 6 µs, which is nothing at 100 a second.
package struct RealFourier {
  /// Values that go in, a power of two from 4; `count / 2 + 1` bins come out.
  package let count: Int
  /// cos and −sin of 2πk / count for k < count / 2.
  private var cosines: [Float]
  private var sines: [Float]
  /// Where the value at each place of the complex transform comes from.
  private var reversed: [Int]
  private var real: [Float]
  private var imaginary: [Float]

  /// Computes the tables.
  ///
  /// - Parameter count: Values, a power of two from 4.
  package init(count: Int) {
    precondition(count >= 4 && count & (count - 1) == 0)
    self.count = count
    let half = count / 2
    cosines = (0..<half).map { Float(cos(2 * .pi * Double($0) / Double(count))) }
    sines = (0..<half).map { Float(-sin(2 * .pi * Double($0) / Double(count))) }
    reversed = [Int](repeating: 0, count: half)
    for place in 1..<half { reversed[place] = reversed[place / 2] / 2 + (place & 1) * half / 2 }
    real = [Float](repeating: 0, count: half)
    imaginary = real
  }

  /// Transforms values.
  ///
  /// - Parameters:
  ///   - values: `count` of them.
  ///   - body: Takes a bin in, as real and imaginary part, for each of `count / 2 + 1`.
  package mutating func transform(
    _ values: UnsafeBufferPointer<Float>,
    _ body: (_ bin: Int, _ real: Float, _ imaginary: Float) -> Void
  ) {
    precondition(values.count == count)
    let half = count / 2
    real.withUnsafeMutableBufferPointer { real in
      imaginary.withUnsafeMutableBufferPointer { imaginary in
        cosines.withUnsafeBufferPointer { cosines in
          sines.withUnsafeBufferPointer { sines in
            for place in 0..<half {
              real[place] = values[2 * reversed[place]]
              imaginary[place] = values[2 * reversed[place] + 1]
            }
            Self.butterflies(real, imaginary, cosines, sines)
            for bin in 0...half {
              let (a, b) = (bin & (half - 1), (half - bin) & (half - 1))
              let (evenReal, evenImaginary) = (real[a] + real[b], imaginary[a] - imaginary[b])
              let (oddReal, oddImaginary) = (imaginary[a] + imaginary[b], real[b] - real[a])
              let (c, s) = bin == half ? (-1, 0) : (cosines[bin], sines[bin])
              body(
                bin, (evenReal + oddReal * c - oddImaginary * s) / 2,
                (evenImaginary + oddReal * s + oddImaginary * c) / 2)
            }
          }
        }
      }
    }
  }

  /// The complex transform of values in bit-reversed order, in place.
  private static func butterflies(
    _ real: UnsafeMutableBufferPointer<Float>, _ imaginary: UnsafeMutableBufferPointer<Float>,
    _ cosines: UnsafeBufferPointer<Float>, _ sines: UnsafeBufferPointer<Float>
  ) {
    let half = real.count
    var span = 1
    while span < half {
      let step = half / span
      for first in stride(from: 0, to: half, by: 2 * span) {
        for offset in 0..<span {
          let (c, s) = (cosines[offset * step], sines[offset * step])
          let (a, b) = (first + offset, first + offset + span)
          let (r, i) = (real[b] * c - imaginary[b] * s, real[b] * s + imaginary[b] * c)
          (real[b], imaginary[b]) = (real[a] - r, imaginary[a] - i)
          (real[a], imaginary[a]) = (real[a] + r, imaginary[a] + i)
        }
      }
      span *= 2
    }
  }
}
