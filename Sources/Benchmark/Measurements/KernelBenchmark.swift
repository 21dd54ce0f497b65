internal import Checkpoint
internal import Foundation
internal import Kernels
internal import Recognition

/// Measures products with int8 weights on one thread with every instruction set that the processor
/// has, in turn with OpenBLAS's float product of the same shape.
struct KernelBenchmark {
  let checkpoint: Checkpoint
  /// Lengths of audio whose encoder frames are rows, in seconds.
  let lengths: [Int]

  /// Matrices of the model, one of each shape.
  private static let matrices = [
    "encoder.layers.0.self_attn.linear_q.weight", "encoder.layers.0.feed_forward1.linear1.weight",
    "encoder.layers.0.feed_forward1.linear2.weight",
  ]
  /// Multiplied with one vector at a time.
  private static let vectorMatrix = "decoder.prediction.dec_rnn.lstm.weight_hh_l0"
  /// Operations that take long enough to be timed.
  private static let enough = 2e8
  /// Seconds after which a product is not measured again.
  private static let patience = 1.0

  /// Measures every product.
  ///
  /// - Parameter progress: Gets the part that is done.
  /// - Returns: A row for each instruction set and shape.
  /// - Throws: What the checkpoint throws.
  func rows(_ progress: (Double) -> Void) throws(CheckpointError) -> [KernelRow] {
    guard let team = Team(size: 1) else { return [] }
    let frames = lengths.map { ($0 * 100 + 7) / 8 }
    let products =
      Self.matrices.flatMap { name in frames.map { (name, $0) } } + [(Self.vectorMatrix, 1)]
    var rows: [KernelRow] = []
    for (index, (name, count)) in products.enumerated()
    where checkpoint.specification(name).map(Int8Policy.rounds) == true {
      progress(Double(index) / Double(products.count))
      let packing = try checkpoint.packed(name)
      packing.fill(0..<packing.panels)
      rows += Self.measure(packing.matrix, rows: count, team)
    }
    return rows
  }

  private static func measure(_ matrix: PackedMatrix, rows: Int, _ team: Team) -> [KernelRow] {
    let used = instructionSet
    defer { _ = useInstructionSet(used) }
    let weights = matrix.weights
    let product = KernelProduct(weights, rows: rows)
    let operations = 2 * Double(rows * weights.rows) * Double(weights.columns)
    let repeats = max(1, Int(enough / operations))
    return withExtendedLifetime(matrix) {
      var results: [KernelRow] = []
      for isa in instructionSets where useInstructionSet(isa) {
        product.prepare(team)
        var (times, alone, ratios) = ([Double](), [Double](), [Double]())
        let start = Date()
        repeat {
          alone.append(time(repeats) { product.multiplyFloats() })
          times.append(time(repeats) { product.multiply(team) })
          ratios.append(times[times.count - 1] / alone[alone.count - 1])
        } while times.count < 9 && -start.timeIntervalSinceNow < patience
        endBLASThreads()
        results.append(
          KernelRow(
            isa: isa, rows: rows, columns: weights.rows, inner: weights.columns,
            seconds: Spread(times).median, sgemmSeconds: Spread(alone).median,
            toSgemm: Spread(ratios).median, rate: operations / Spread(times).median / 1e9))
      }
      return results
    }
  }

  private static func time(_ repeats: Int, _ body: () -> Void) -> Double {
    let taken = ContinuousClock().measure { for _ in 0..<repeats { body() } }
    return taken / .seconds(1) / Double(repeats)
  }
}

/// Operands of a product, in both precisions.
private final class KernelProduct {
  private let weights: PackedWeights
  private let workspace = Workspace()
  private let x, y, floats: Matrix
  private let quantized: QuantizedRows?

  /// Makes up everything but the int8 weights.
  init(_ weights: PackedWeights, rows: Int) {
    self.weights = weights
    func filled(_ rows: Int, _ columns: Int) -> Matrix {
      let values = UnsafeMutablePointer<Float>.allocate(capacity: rows * columns)
      for i in 0..<rows * columns { values[i] = Float((i &* 37) & 255) / 256 - 0.4 }
      return Matrix(values, rows: rows, columns: columns)
    }
    x = filled(rows, weights.columns)
    y = filled(rows, weights.rows)
    floats = filled(weights.rows, weights.columns)
    let room = QuantizedRows.floats(rows, weights.columns)
    let block = try? workspace.carve { $0.quantized(floats: room) }.get()
    quantized = block?.reshaped(rows: rows, columns: weights.columns)
  }

  deinit { for matrix in [x, y, floats] { matrix.values.deallocate() } }

  /// Quantises the rows as the present instruction set wants them.
  func prepare(_ team: Team) {
    team.run { quantized?.fill(0..<x.rows, from: x.view, $0) }
  }

  func multiplyFloats() {
    multiplyWithBLASThreads(
      rows: x.rows, columns: floats.rows, inner: x.columns, x.values, floats.values,
      into: y.values, threads: 1)
  }

  func multiply(_ team: Team) {
    guard x.rows > 1, let quantized else {
      return Kernels.multiply(weights, x.values, bias: nil, into: y.values)
    }
    team.run { member in
      for row in stride(from: 0, to: x.rows, by: QuantizedRows.productRows) {
        for column in stride(from: 0, to: y.columns, by: QuantizedRows.productColumns) {
          let rows = row..<min(row + QuantizedRows.productRows, x.rows)
          let columns = column..<min(column + QuantizedRows.productColumns, y.columns)
          Kernels.multiply(
            quantized, weights, bias: nil, into: y.rows(rows).columns(columns), rows: rows,
            columns: columns, .replace(.none), member)
        }
      }
    }
  }
}
