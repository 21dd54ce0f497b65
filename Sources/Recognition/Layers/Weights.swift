internal import Kernels

/// A matrix `[outputs, inputs]` that activations are multiplied with.
enum Weights {
  case float(MatrixView)
  case int8(PackedWeights)

  var outputs: Int {
    switch self {
    case .float(let matrix): matrix.rows
    case .int8(let matrix): matrix.rows
    }
  }

  var isInt8: Bool { if case .int8 = self { true } else { false } }

  var inputs: Int {
    switch self {
    case .float(let matrix): matrix.columns
    case .int8(let matrix): matrix.columns
    }
  }

  /// How a team cuts the product with some rows.
  func tiling(rows: Int, members: Int) -> Tiling {
    switch self {
    case .float:
      Tiling(
        rows: rows, columns: outputs, rowGrain: max(1, rows), columnGrain: floatGrain(members))
    case .int8:
      Tiling(
        rows: rows, columns: outputs, rowGrain: QuantizedRows.productRows,
        columnGrain: int8Grain(rows: rows, members: members))
    }
  }

  /// Outputs in a tile of a product with float weights.
  ///
  /// Four tiles a thread or more: whoever is done waits for at most one tile of another, and a
  /// thread that was held up does not keep all waiting. A tile narrower than 64 or wider than 512
  /// costs OpenBLAS more in packing than it gains.
  private func floatGrain(_ members: Int) -> Int {
    guard members > 1 else { return 512 }
    let even = (outputs + 4 * members - 1) / (4 * members)
    return min(256, max(64, (even + 63) / 64 * 64))
  }

  /// Outputs in a tile of a product with int8 weights.
  ///
  /// A narrow tile costs little there: 32 tiles a thread.
  private func int8Grain(rows: Int, members: Int) -> Int {
    guard members > 1 else { return QuantizedRows.productColumns }
    let blocks = (rows + QuantizedRows.productRows - 1) / QuantizedRows.productRows
    var grain = QuantizedRows.productColumns
    while grain > 32 && blocks * (outputs / grain) < 32 * members { grain /= 2 }
    return grain
  }
}

/// A matrix `[rows, columns]` cut into tiles, row by row of tiles.
struct Tiling {
  let rows, columns, rowGrain, columnGrain: Int

  private var across: Int { (columns + columnGrain - 1) / columnGrain }

  var count: Int { (rows + rowGrain - 1) / rowGrain * across }

  /// Rows and columns of a tile.
  subscript(tile: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (row, column) = (tile / across * rowGrain, tile % across * columnGrain)
    return (row..<min(rows, row + rowGrain), column..<min(columns, column + columnGrain))
  }
}
