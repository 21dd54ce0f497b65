internal import Checkpoint
internal import Kernels

/// Hands out a checkpoint's tensors as plain addresses, and keeps their memory alive.
///
/// Networks hold addresses only, so that the loops that use them never count references. Whoever
/// owns the networks owns this too.
final class Parameters {
  private let checkpoint: Checkpoint
  private var tensors: [FloatTensor] = []
  private var derived: [UnsafeMutablePointer<Float>] = []

  /// Precision of the matrices that activations are multiplied with.
  let precision: Precision
  private var packings: [Packing] = []

  init(_ checkpoint: Checkpoint, _ precision: Precision) {
    (self.checkpoint, self.precision) = (checkpoint, precision)
  }

  deinit { for block in derived { block.deallocate() } }

  /// A tensor as a matrix: the first dimension is rows, all others together are columns.
  func matrix(_ name: String) throws(CheckpointError) -> MatrixView {
    let tensor = try floats(name)
    let rows = tensor.shape.first ?? 1
    return MatrixView(
      try start(tensor), rows: rows, columns: rows == 0 ? 0 : tensor.values.count / rows)
  }

  /// A tensor's values in order.
  func vector(_ name: String) throws(CheckpointError) -> UnsafePointer<Float> {
    try start(floats(name))
  }

  /// A tensor's values in order, nil where the checkpoint has no such tensor.
  func vectorIfPresent(_ name: String) throws(CheckpointError) -> UnsafePointer<Float>? {
    checkpoint.has(name) ? try vector(name) : nil
  }

  /// A linear layer: `name.weight` and, where there is one, `name.bias`.
  func linear(_ name: String) throws(CheckpointError) -> Linear {
    Linear(
      weights: try weights("\(name).weight"), bias: try vectorIfPresent("\(name).bias"))
  }

  /// A matrix that activations are multiplied with; int8 ones are complete after `pack`.
  func weights(_ name: String) throws(CheckpointError) -> Weights {
    guard precision == .int8, let tensor = checkpoint.specification(name),
      Int8Policy.rounds(tensor)
    else { return .float(try matrix(name)) }
    let packing = try checkpoint.packed(name)
    packings.append(packing)
    return .int8(packing.matrix.weights)
  }

  /// Whether there are weights for `pack`.
  var hasUnpacked: Bool { packings.contains { $0.panels > 0 } }

  /// Rounds those weights to int8 that the model does not store so.
  func pack(_ team: Team) throws(CheckpointError) {
    team.run { member in
      for packing in packings where packing.panels > 0 {
        member.ranges(packing.panels, grain: 8) { packing.fill($0) }
      }
    }
    for packing in packings { try packing.check() }
  }

  /// A layer normalisation: `name.weight` and `name.bias`.
  func norm(_ name: String) throws(CheckpointError) -> LayerNorm {
    LayerNorm(gamma: try vector("\(name).weight"), beta: try vector("\(name).bias"))
  }

  /// The tensor `[rows, …]` with rows and columns exchanged, in memory of its own.
  func transposed(_ name: String) throws(CheckpointError) -> MatrixView {
    let matrix = try matrix(name)
    let block = allocate(matrix.rows * matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        block[column * matrix.rows + row] = matrix[row][column]
      }
    }
    return MatrixView(block, rows: matrix.columns, columns: matrix.rows)
  }

  /// Memory that lives as long as these parameters.
  func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let block = UnsafeMutablePointer<Float>.allocate(capacity: max(1, count))
    derived.append(block)
    return block
  }

  /// A tensor with its shape.
  func floats(_ name: String) throws(CheckpointError) -> FloatTensor {
    let tensor = try checkpoint.floats(name)
    tensors.append(tensor)
    return tensor
  }

  private func start(_ tensor: FloatTensor) throws(CheckpointError) -> UnsafePointer<Float> {
    tensor.values.baseAddress ?? UnsafePointer(allocate(0))
  }
}
