/// A tensor where it lies in its file; nothing is read until its values are asked for.
package struct StoredTensor: Sendable {
  /// Name inside the file.
  package let name: String
  /// How the values are stored.
  package let element: ElementType
  /// Extent of each dimension, outermost first.
  package let shape: [Int]
  /// Number of values.
  package let count: Int
  /// Steps between neighbours in each dimension, in values.
  let strides: [Int]
  /// The bytes from the first value to the last, both included.
  private let region: FileRegion

  /// Places a tensor in its storage and checks that all of it lies inside.
  ///
  /// - Parameters:
  ///   - name: Name inside the file.
  ///   - element: How the values are stored.
  ///   - shape: Extent of each dimension.
  ///   - strides: Steps between neighbours, in values; nil for row-major.
  ///   - offset: The first value's place in the storage, in values.
  ///   - storage: The bytes that the tensor shares with others, or has to itself.
  /// - Throws: `CheckpointError.malformed` for a tensor that leaves its storage.
  package init(
    name: String, element: ElementType, shape: [Int], strides: [Int]? = nil, offset: Int = 0,
    storage: FileRegion
  ) throws(CheckpointError) {
    let available = storage.count / element.size
    try storage.require(shape.count, within: .dimensions)
    guard shape.allSatisfy({ $0 >= 0 }), let count = Self.product(shape)
    else {
      throw storage.malformed("tensor \(name) has the impossible shape \(shape)")
    }
    let steps = strides ?? Self.rowMajor(shape)
    guard steps.count == shape.count,
      let reach = Self.reach(shape: shape, strides: steps, count: count),
      offset >= 0, offset <= available, reach <= available - offset
    else {
      throw storage.malformed("tensor \(name) \(shape) reaches outside its storage")
    }
    // A tensor that repeats values could claim any size; none in a model does.
    guard count <= available else {
      throw storage.malformed("tensor \(name) \(shape) has more values than its storage")
    }
    guard let region = storage.part(offset: offset * element.size, count: reach * element.size)
    else {
      throw storage.malformed("tensor \(name) \(shape) reaches outside its storage")
    }
    self.name = name
    self.element = element
    self.shape = shape
    self.count = count
    self.strides = steps
    self.region = region
  }

  /// The stored bytes in place, nil for a tensor with gaps or another order.
  ///
  /// Valid as long as this tensor is.
  package var contiguousBytes: UnsafeRawBufferPointer? { isContiguous ? region.bytes : nil }

  /// The values as float32, in place where they are stored so, converted otherwise.
  package func floats() throws(CheckpointError) -> FloatTensor {
    if let values = floatsInPlace {
      return FloatTensor(shape: shape, values: values, owner: region.file)
    }
    let memory = OwnedBytes(count: count * MemoryLayout<Float>.size)
    let values = memory.bytes.bindMemory(to: Float.self)
    let packed = rowMajorBytes()
    try withExtendedLifetime(packed.owner) { () throws(CheckpointError) in
      guard convert(packed.bytes, as: element, to: values) else { throw notNumeric }
    }
    return FloatTensor(shape: shape, values: UnsafeBufferPointer(values), owner: memory)
  }

  /// The values of an int32 tensor.
  package func int32s() throws(CheckpointError) -> [Int32] {
    guard element == .int32 else {
      throw region.malformed("tensor \(name) holds \(element.rawValue), expected I32")
    }
    let packed = rowMajorBytes()
    return withExtendedLifetime(packed.owner) {
      (0..<count).map { index in
        Int32(littleEndian: packed.bytes.loadUnaligned(fromByteOffset: index * 4, as: Int32.self))
      }
    }
  }

  /// The bytes in row-major order, in place where they are stored so; `owner` keeps them valid.
  func rowMajorBytes() -> (bytes: UnsafeRawBufferPointer, owner: AnyObject) {
    if isContiguous { return (region.bytes, region.file) }
    let copy = OwnedBytes(count: count * element.size)
    gather(region.bytes, element.size, shape: shape, strides: strides, into: copy.bytes)
    return (UnsafeRawBufferPointer(copy.bytes), copy)
  }

  /// Where the values lie in their file.
  var location: FileRegion { region }

  /// The tensor with its last dimension second, where there are more than two.
  var withChannelsFirst: StoredTensor {
    guard shape.count > 2 else { return self }
    return StoredTensor(self, order: [0, shape.count - 1] + Array(1..<shape.count - 1))
  }

  /// The same values with the dimensions in another order.
  private init(_ tensor: StoredTensor, order: [Int]) {
    (name, element, count) = (tensor.name, tensor.element, tensor.count)
    shape = order.map { tensor.shape[$0] }
    strides = order.map { tensor.strides[$0] }
    region = tensor.region
  }

  /// Whether the values are stored in row-major order without gaps.
  var isContiguous: Bool {
    count == 0
      || zip(zip(shape, strides), Self.rowMajor(shape)).allSatisfy { $0.0 == 1 || $0.1 == $1 }
  }

  private static func product(_ shape: [Int]) -> Int? {
    var product = 1
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      product = next
    }
    return product
  }

  private static func rowMajor(_ shape: [Int]) -> [Int] {
    var step = 1
    var strides: [Int] = []
    for extent in shape.reversed() {
      strides.append(step)
      step &*= max(extent, 1)
    }
    return strides.reversed()
  }

  /// Values from the first to the last, both included; nil where that is not a number.
  private static func reach(shape: [Int], strides: [Int], count: Int) -> Int? {
    if count == 0 { return 0 }
    var last = 0
    for (extent, step) in zip(shape, strides) {
      let (distance, overflow) = (extent - 1).multipliedReportingOverflow(by: step)
      let (next, tooFar) = last.addingReportingOverflow(distance)
      guard step >= 0, !overflow, !tooFar, next < Int.max else { return nil }
      last = next
    }
    return last + 1
  }
}
