/// Read-only rows of floats in memory that somebody else keeps alive.
public struct MatrixView: @unchecked Sendable {
  /// The first value.
  public let values: UnsafePointer<Float>
  /// Rows.
  public let rows: Int
  /// Values in a row.
  public let columns: Int
  /// Values from one row's start to the next.
  public let stride: Int

  /// Describes rows in memory.
  public init(_ values: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// A row.
  public subscript(row: Int) -> UnsafePointer<Float> { values + row * stride }

  /// Some of the rows.
  public func rows(_ range: Range<Int>) -> MatrixView {
    MatrixView(self[range.lowerBound], rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns.
  public func columns(_ range: Range<Int>) -> MatrixView {
    MatrixView(values + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}

/// Writable rows of floats in memory that somebody else keeps alive.
public struct Matrix {
  /// The first value.
  public let values: UnsafeMutablePointer<Float>
  /// Rows.
  public let rows: Int
  /// Values in a row.
  public let columns: Int
  /// Values from one row's start to the next.
  public let stride: Int

  /// Describes rows in memory.
  public init(_ values: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    self.values = values
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// The same rows, read-only.
  public var view: MatrixView { MatrixView(values, rows: rows, columns: columns, stride: stride) }

  /// A row.
  public subscript(row: Int) -> UnsafeMutablePointer<Float> { values + row * stride }

  /// Some of the rows.
  public func rows(_ range: Range<Int>) -> Matrix {
    Matrix(self[range.lowerBound], rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns.
  public func columns(_ range: Range<Int>) -> Matrix {
    Matrix(values + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}
