package import Checkpoint
internal import Kernels

/// How a model's tensors are written to its file.
package struct WeightFormat: Sendable {
  /// Precision of the weight matrices.
  package let precision: Precision
  private let rounds: @Sendable (TensorSpecification) -> Bool

  /// Every value as it is.
  package static let float32 = WeightFormat(.float32) { _ in false }

  /// Chooses a precision.
  ///
  /// - Parameters:
  ///   - precision: Precision of the weight matrices.
  ///   - rounds: Which of them int8 is good enough for; the others stay float32 then.
  package init(
    _ precision: Precision, rounding rounds: @escaping @Sendable (TensorSpecification) -> Bool
  ) {
    (self.precision, self.rounds) = (precision, rounds)
  }

  /// How to pack a tensor of the layout; nil for one that is stored as floats.
  func packing(of tensor: TensorSpecification) -> PackedShape? {
    precision == .int8 && rounds(tensor) ? PackedShape(tensor.shape) : nil
  }

  /// How a tensor of the layout is stored.
  func element(of tensor: TensorSpecification) -> ElementType {
    switch precision {
    case .float32: .float32
    // Filter bank, window and position biases have more dimensions than one, but are no `weight`.
    case .float16: tensor.name.hasSuffix(".weight") && tensor.shape.count > 1 ? .float16 : .float32
    case .int8: packing(of: tensor) == nil ? .float32 : .int8
    }
  }

  /// Bytes of all tensors of a model.
  ///
  /// - Parameter configuration: Read from a model, so its dimensions are in range.
  /// - Returns: Bytes without the file's header.
  package func size(of configuration: ModelConfiguration) -> Int {
    TensorLayout.tensors(for: configuration).reduce(0) { size, tensor in
      size + (packing(of: tensor)?.byteCount ?? tensor.count * element(of: tensor).size)
    }
  }
}
