internal import Kernels

/// One matrix product of the encoder: `[rows, inner]` times `[columns, inner]` transposed.
struct MatrixProduct {
  let rows: Int
  let columns: Int
  let inner: Int
  /// The weights, where the second matrix is no activation.
  let weights: UnsafePointer<Float>?
  /// Whether the second matrix is weights, of whatever precision.
  let isProjection: Bool
  /// What it is a part of.
  private(set) var stage = Stopwatch.Stage.feedForward

  /// Floating-point operations, two for each multiplication with its addition.
  var operations: Double { 2 * Double(rows * columns) * Double(inner) }

  init(rows: Int, _ weights: Weights) {
    (self.rows, columns, inner) = (rows, weights.outputs, weights.inputs)
    self.weights = weights.floats
    isProjection = true
  }

  init(rows: Int, columns: Int, inner: Int) {
    (self.rows, self.columns, self.inner) = (rows, columns, inner)
    weights = nil
    isProjection = false
  }

  /// The same product as a part of a stage.
  func of(_ stage: Stopwatch.Stage) -> MatrixProduct {
    var product = self
    product.stage = stage
    return product
  }
}

/// OpenBLAS alone on the encoder's matrix products: what an encoder that did nothing else, with
/// the same library, would take.
///
/// The products are those that the encoder computes, with its own weights streamed from where they
/// lie; OpenBLAS shares each one out among its own threads.
package final class Roofline {
  private let products: [MatrixProduct]
  private let inputs, others, outputs: UnsafeMutablePointer<Float>

  /// Prepares the products that recognising some samples takes.
  ///
  /// - Parameters:
  ///   - recognizer: Has float weights, and must outlive the roofline.
  ///   - samples: How many there are.
  package init(_ recognizer: Recognizer, samples: Int) {
    precondition(recognizer.precision == .float32)
    let products = recognizer.encoder.products(samples: samples)
    self.products = products
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
  package func run(threads: Int) -> Double {
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

extension Recognizer {
  /// Floating-point operations of the encoder's matrix products, two for each multiplication with
  /// its addition, by stage.
  ///
  /// - Parameter samples: How many are recognised in one pass.
  /// - Returns: Nothing for stages without products.
  package func operations(samples: Int) -> [Stopwatch.Stage: Double] {
    encoder.products(samples: samples).reduce(into: [:]) {
      $0[$1.stage, default: 0] += $1.operations
    }
  }
}
