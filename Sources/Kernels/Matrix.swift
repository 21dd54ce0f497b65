/// Read-only rows of floats in memory that somebody else keeps alive.
package struct MatrixView: @unchecked Sendable {
  /// The first value.
  package let values: UnsafePointer<Float>
  /// Rows.
  package let rows: Int
  /// Values in a row.
  package let columns: Int
  /// Values from one row's start to the next.
  package let stride: Int

  /// Describes rows in memory.
  package init(_ values: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// A row.
  package subscript(row: Int) -> UnsafePointer<Float> { values + row * stride }

  /// Some of the rows.
  package func rows(_ range: Range<Int>) -> MatrixView {
    MatrixView(self[range.lowerBound], rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns.
  package func columns(_ range: Range<Int>) -> MatrixView {
    MatrixView(values + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}

/// Writable rows of floats in memory that somebody else keeps alive.
package struct Matrix {
  /// The first value.
  package let values: UnsafeMutablePointer<Float>
  /// Rows.
  package let rows: Int
  /// Values in a row.
  package let columns: Int
  /// Values from one row's start to the next.
  package let stride: Int

  /// Describes rows in memory.
  package init(_ values: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// The same rows, read-only.
  package var view: MatrixView { MatrixView(values, rows: rows, columns: columns, stride: stride) }

  /// A row.
  package subscript(row: Int) -> UnsafeMutablePointer<Float> { values + row * stride }

  /// Some of the rows.
  package func rows(_ range: Range<Int>) -> Matrix {
    Matrix(self[range.lowerBound], rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns.
  package func columns(_ range: Range<Int>) -> Matrix {
    Matrix(values + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}
