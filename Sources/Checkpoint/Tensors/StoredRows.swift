extension StoredTensor {
  /// The values in place, nil where they are not aligned, contiguous float32.
  var floatsInPlace: UnsafeBufferPointer<Float>? {
    guard element == .float32, isContiguous, let base = location.bytes.baseAddress,
      Int(bitPattern: base) % MemoryLayout<Float>.alignment == 0
    else { return nil }
    return location.bytes.bindMemory(to: Float.self)
  }

  /// Some rows as float32: in place where they are stored so, else converted.
  ///
  /// - Parameters:
  ///   - rows: Places in the first dimension; the tensor is not empty.
  ///   - scratch: Room for their values where they are not stored in place.
  /// - Returns: The values, row-major, valid as long as tensor and scratch are.
  /// - Throws: `CheckpointError.malformed` for a tensor that holds no numbers.
  func floats(
    rows: Range<Int>, scratch: UnsafeMutableBufferPointer<Float>
  ) throws(CheckpointError) -> UnsafePointer<Float> {
    let columns = count / shape[0]
    if let base = floatsInPlace?.baseAddress { return base + rows.lowerBound * columns }
    let target = UnsafeMutableBufferPointer(rebasing: scratch[..<(rows.count * columns)])
    let isNumeric: Bool
    if isContiguous {
      isNumeric = convert(
        UnsafeRawBufferPointer(rebasing: location.bytes[byteRange(rows)]), as: element, to: target)
    } else {
      let copy = OwnedBytes(count: target.count * element.size)
      isNumeric = withExtendedLifetime(copy) {
        let start = rows.lowerBound * strides[0] * element.size
        gather(
          UnsafeRawBufferPointer(rebasing: location.bytes[start...]), element.size,
          shape: [rows.count] + shape.dropFirst(), strides: strides, into: copy.bytes)
        return convert(UnsafeRawBufferPointer(copy.bytes), as: element, to: target)
      }
    }
    guard isNumeric, let values = target.baseAddress else { throw notNumeric }
    return UnsafePointer(values)
  }

  /// Tells the system that the tensor is not read again.
  package func giveBack() {
    location.file.advise(.dontNeed, location.offset..<location.offset + location.count)
  }

  /// Tells the system that some rows are not read again.
  func giveBack(rows: Range<Int>) {
    guard isContiguous else { return }
    let bytes = byteRange(rows)
    location.file.advise(
      .dontNeed, location.offset + bytes.lowerBound..<location.offset + bytes.upperBound)
  }

  /// The error for a tensor that cannot be converted to float32.
  var notNumeric: CheckpointError {
    location.malformed("tensor \(name) holds \(element.rawValue), expected numbers")
  }

  /// Where rows of a contiguous tensor lie in its region.
  private func byteRange(_ rows: Range<Int>) -> Range<Int> {
    let size = count / shape[0] * element.size
    return rows.lowerBound * size..<rows.upperBound * size
  }
}
