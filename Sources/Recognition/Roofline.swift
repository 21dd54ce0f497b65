internal import Kernels

/// One matrix product of the encoder: `[rows, inner]` times `[columns, inner]` transposed.
struct MatrixProduct {
  let rows: Int
  let columns: Int
  let inner: Int
  /// The weights, where the second matrix is no activation.
  let weights: UnsafePointer<Float>?

  init(rows: Int, _ weights: Weights) {
    (self.rows, columns, inner) = (rows, weights.outputs, weights.inputs)
    self.weights = weights.floats
  }

  init(rows: Int, columns: Int, inner: Int) {
    (self.rows, self.columns, self.inner) = (rows, columns, inner)
    weights = nil
  }
}

/// OpenBLAS alone on the encoder's matrix products: what an encoder that did nothing else, with
/// the same library, would take.
///
/// The products are those that the encoder computes, with its own weights streamed from where they
/// lie; OpenBLAS shares each one out among its own threads.
public final class Roofline {
  /// Floating-point operations, two for each multiplication with its addition.
  public let operations: Double
  private let products: [MatrixProduct]
  private let inputs, others, outputs: UnsafeMutablePointer<Float>

  /// Prepares the products that recognising some samples takes.
  public init(_ recognizer: Recognizer, samples: Int) {
    let products = recognizer.encoder.products(samples: samples)
    self.products = products
    operations = products.reduce(0) { $0 + 2 * Double($1.rows * $1.columns) * Double($1.inner) }
    func memory(_ size: (MatrixProduct) -> Int) -> UnsafeMutablePointer<Float> {
      let count = products.map(size).max() ?? 0
      let block = UnsafeMutablePointer<Float>.allocate(capacity: count)
      // Neither zero nor denormal, which some processors multiply at another speed.
      for i in 0..<count { block[i] = Float(i & 255) / 256 - 0.4 }
      return block
    }
    inputs = memory { $0.rows * $0.inner }
    others = memory { $0.weights == nil ? $0.columns * $0.inner : 0 }
    outputs = memory { $0.rows * $0.columns }
  }

  deinit {
    inputs.deallocate()
    others.deallocate()
    outputs.deallocate()
  }

  /// Computes all products once.
  ///
  /// - Parameter threads: Threads of OpenBLAS.
  /// - Returns: Seconds taken.
  public func run(threads: Int) -> Double {
    let clock = ContinuousClock()
    let taken = clock.measure {
      for product in products {
        multiplyWithBLASThreads(
          rows: product.rows, columns: product.columns, inner: product.inner, inputs,
          product.weights ?? UnsafePointer(others), into: outputs, threads: threads)
      }
    }
    endBLASThreads()
    return taken / .seconds(1)
  }
}
