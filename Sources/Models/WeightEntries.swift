internal import Checkpoint
internal import Kernels

extension Checkpoint {
  /// Values that are converted and written at once.
  private static let chunk = 1 << 20

  /// Everything that is going to be stored, in its order.
  ///
  /// It is the layout's, but packed matrices come first and their scales second. Their sizes are
  /// multiples of 64 bytes, so that all of them start at one.
  func entries(in format: WeightFormat) -> [SafetensorsWriter.Entry<ModelError>] {
    var values: [SafetensorsWriter.Entry<ModelError>] = []
    var scales: [SafetensorsWriter.Entry<ModelError>] = []
    var others: [SafetensorsWriter.Entry<ModelError>] = []
    for tensor in TensorLayout.tensors(for: configuration) {
      if let shape = format.packing(of: tensor) {
        let packed = packedEntries(tensor, shape)
        values.append(packed.values)
        scales.append(packed.scales)
      } else {
        others.append(entry(tensor, format.element(of: tensor)))
      }
    }
    return values + scales + others
  }

  /// A tensor of the layout as floats.
  private func entry(
    _ tensor: TensorSpecification, _ element: ElementType
  ) -> SafetensorsWriter.Entry<ModelError> {
    SafetensorsWriter.Entry<ModelError>(name: tensor.name, element: element, shape: tensor.shape) {
      (sink) throws(ModelError) in
      let stored = try reading(try self.unpacked(tensor.name))
      let floats = try reading(try self.floats(tensor.name))
      try withExtendedLifetime(floats) { () throws(ModelError) in
        for start in stride(from: 0, to: floats.values.count, by: Self.chunk) {
          let end = min(start + Self.chunk, floats.values.count)
          let values = UnsafeBufferPointer(rebasing: floats.values[start..<end])
          if element == .float16 {
            try Self.writeHalves(values, of: tensor.name, path: self.path, to: sink)
          } else {
            try sink(UnsafeRawBufferPointer(values))
          }
        }
      }
      stored.giveBack()
    }
  }

  private static func writeHalves(
    _ values: UnsafeBufferPointer<Float>, of name: String, path: String,
    to sink: SafetensorsWriter.Sink<ModelError>
  ) throws(ModelError) {
    let halves = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: values.count)
    defer { halves.deallocate() }
    guard roundToHalf(values, into: halves) else {
      throw .beyondFloat16(path: path, tensor: name)
    }
    try sink(UnsafeRawBufferPointer(halves))
  }

  /// A matrix of the layout packed, and its scales; the scales are there once the matrix is
  /// written.
  ///
  /// - Parameters:
  ///   - tensor: The matrix.
  ///   - shape: How to pack it.
  /// - Returns: What to write; both hold on to the scales until they are written.
  private func packedEntries(
    _ tensor: TensorSpecification, _ shape: PackedShape
  ) -> (values: SafetensorsWriter.Entry<ModelError>, scales: SafetensorsWriter.Entry<ModelError>) {
    let scales = PackedScales(shape)
    let values = SafetensorsWriter.Entry<ModelError>(
      name: tensor.name, element: .int8, shape: shape.dimensions
    ) { (sink) throws(ModelError) in
      let source = StoredPanels(try reading(try self.unpacked(tensor.name)), as: shape)
      let weights = UnsafeMutablePointer<Int8>.allocate(
        capacity: min(source.stride, shape.panels) * shape.panelBytes)
      defer { weights.deallocate() }
      for start in stride(from: 0, to: shape.panels, by: source.stride) {
        let panels = start..<min(start + source.stride, shape.panels)
        try reading(
          try source.pack(
            panels, values: weights, scales: scales.start + start * PackedShape.panelRows))
        try sink(UnsafeRawBufferPointer(start: weights, count: panels.count * shape.panelBytes))
      }
    }
    let rest = SafetensorsWriter.Entry<ModelError>(
      name: Checkpoint.scaleName(tensor.name), element: .float32, shape: [shape.scales]
    ) { (sink) throws(ModelError) in
      try sink(scales.bytes)
    }
    return (values, rest)
  }
}

/// Scales of a matrix between its packing and their own turn in the file.
private final class PackedScales {
  /// `[panels · 16]`.
  let start: UnsafeMutablePointer<Float>
  private let count: Int

  init(_ shape: PackedShape) {
    count = shape.scales
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { start.deallocate() }

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(UnsafeBufferPointer(start: start, count: count))
  }
}
