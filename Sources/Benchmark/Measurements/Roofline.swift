internal import Checkpoint
internal import Kernels

/// OpenBLAS alone on the encoder's matrix products: what an encoder that did nothing else, with
/// the same library, would take.
///
/// The products are those that the encoder computes, with its own weights streamed from where they
/// lie; OpenBLAS shares each one out among its own threads.
final class Roofline {
  private let products: [MatrixProduct]
  private let weights: [String: FloatTensor]
  private let inputs, others, outputs: UnsafeMutablePointer<Float>

  /// Prepares some products.
  ///
  /// - Parameters:
  ///   - products: What to compute.
  ///   - checkpoint: Has the weights as floats.
  /// - Throws: What the checkpoint throws.
  init(_ products: [MatrixProduct], _ checkpoint: Checkpoint) throws(CheckpointError) {
    self.products = products
    var weights: [String: FloatTensor] = [:]
    for case let name? in products.map(\.weights) { weights[name] = try checkpoint.floats(name) }
    self.weights = weights
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
  func run(threads: Int) -> Double {
    let matrices = products.map { product in
      product.weights.flatMap { weights[$0]?.values.baseAddress } ?? UnsafePointer(others)
    }
    let clock = ContinuousClock()
    let taken = clock.measure {
      for (product, matrix) in zip(products, matrices) {
        multiplyWithBLASThreads(
          rows: product.rows, columns: product.columns, inner: product.inner, inputs, matrix,
          into: outputs, threads: threads)
      }
    }
    endBLASThreads()
    return taken / .seconds(1)
  }
}
