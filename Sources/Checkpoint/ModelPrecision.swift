/// How an imported model stores its weight matrices.
package enum ModelPrecision: String, Sendable, CaseIterable {
  /// The values as they are.
  case float32
  /// Half the size; biases, norms, statistics and the filter bank stay float32.
  case float16
  /// A quarter: every matrix packed as a `PackedMatrix`, with its scales; the rest stays float32.
  case int8
}

extension ModelPrecision {
  /// How a tensor of the layout is stored.
  func element(of tensor: TensorSpecification) -> ElementType {
    switch self {
    case .float32: .float32
    // Filter bank, window and position biases have more dimensions than one, but are no `weight`.
    case .float16: tensor.name.hasSuffix(".weight") && tensor.shape.count > 1 ? .float16 : .float32
    case .int8: tensor.packed == nil ? .float32 : .int8
    }
  }

  /// Bytes of all tensors of a model.
  ///
  /// - Parameter configuration: Read from a model, so its dimensions are in range.
  /// - Returns: Bytes without the file's header.
  package func size(of configuration: ModelConfiguration) -> Int {
    TensorLayout.tensors(for: configuration).reduce(0) { size, tensor in
      let element = element(of: tensor)
      if element == .int8, let packed = tensor.packed { return size + packed.byteCount }
      return size + tensor.count * element.size
    }
  }
}

extension Checkpoint {
  /// Values that are converted and written at once.
  private static let chunk = 1 << 20

  /// Everything that is going to be stored, in its order.
  ///
  /// It is the layout's, but packed matrices come first and their scales second. Their sizes are
  /// multiples of 64 bytes, so that all of them start at one.
  func entries(_ precision: ModelPrecision) -> [SafetensorsWriter.Entry] {
    var values: [SafetensorsWriter.Entry] = []
    var scales: [SafetensorsWriter.Entry] = []
    var others: [SafetensorsWriter.Entry] = []
    for tensor in TensorLayout.tensors(for: configuration) {
      if precision.element(of: tensor) == .int8, let shape = tensor.packed {
        let packed = packedEntries(tensor, shape)
        values.append(packed.values)
        scales.append(packed.scales)
      } else {
        others.append(entry(tensor, precision))
      }
    }
    return values + scales + others
  }

  /// A tensor of the layout as it is going to be stored.
  private func entry(
    _ tensor: TensorSpecification, _ precision: ModelPrecision
  ) -> SafetensorsWriter.Entry {
    let element = precision.element(of: tensor)
    return SafetensorsWriter.Entry(name: tensor.name, element: element, shape: tensor.shape) {
      (sink) throws(CheckpointError) in
      let stored = try self.unpacked(tensor.name)
      let floats = try stored.floats()
      try withExtendedLifetime(floats) { () throws(CheckpointError) in
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
      // What has been written need not stay in memory.
      let location = stored.location
      location.file.advise(.dontNeed, location.offset..<location.offset + location.count)
    }
  }

  private static func writeHalves(
    _ values: UnsafeBufferPointer<Float>, of name: String, path: String,
    to sink: SafetensorsWriter.Sink
  ) throws(CheckpointError) {
    let halves = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: values.count)
    defer { halves.deallocate() }
    guard roundToHalf(values, into: halves) else {
      throw .unsupported(
        path: path, reason: "tensor \(name) holds values beyond the range of float16",
        hint: "import it with --precision float32")
    }
    try sink(UnsafeRawBufferPointer(halves))
  }
}
