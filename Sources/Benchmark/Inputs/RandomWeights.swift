internal import Checkpoint
internal import Foundation
internal import System

/// Seeded values for every tensor of a model, of a size that keeps activations in a normal range.
struct RandomWeights {
  /// Id of the blank.
  let blank: Int

  /// Makes some frames blank.
  private static let blankBias: Float = 1.0
  /// Makes every token last at least a frame.
  ///
  /// Otherwise a frame of some sounds emits as many as are allowed; so there are about five a
  /// second, as in speech.
  private static let noDurationBias: Float = -8

  /// A tensor's values, float32.
  func entry(_ tensor: TensorSpecification) -> SafetensorsWriter.Entry<BenchmarkError> {
    SafetensorsWriter.Entry(name: tensor.name, element: .float32, shape: tensor.shape) {
      sink throws(BenchmarkError) in
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: tensor.count)
      defer { values.deallocate() }
      fill(values, tensor)
      try sink(UnsafeRawBufferPointer(values))
    }
  }

  private func fill(_ values: UnsafeMutableBufferPointer<Float>, _ tensor: TensorSpecification) {
    let parts = tensor.name.split(separator: ".")
    switch parts.last ?? "" {
    case "window":
      for i in values.indices {
        values[i] = 0.5 - 0.5 * Float(cos(2 * Double.pi * Double(i) / Double(values.count - 1)))
      }
    case "fb": fillFilterbank(values, bins: tensor.shape[2])
    case "running_var": values.update(repeating: 1)
    case "weight" where tensor.shape.count == 1: values.update(repeating: 1)
    case "bias", "running_mean":
      values.update(repeating: 0)
      if tensor.name == "joint.joint_net.2.bias" {
        values[blank] = Self.blankBias
        values[blank + 1] = Self.noDurationBias
      }
    default:
      let inputs = tensor.shape.dropFirst().reduce(1, *)
      fillUniformly(values, limit: (3 / Float(max(1, inputs))).squareRoot(), seed: tensor.name)
      if tensor.name == "decoder.prediction.embed.weight" {
        values.suffix(inputs).indices.forEach { values[$0] = 0 }
      }
    }
  }

  /// Triangles of equal width on the mel scale.
  private func fillFilterbank(_ values: UnsafeMutableBufferPointer<Float>, bins: Int) {
    let mels = values.count / bins
    func mel(_ hertz: Float) -> Float { 1127 * log(1 + hertz / 700) }
    let width = mel(8000) / Float(mels + 1)
    for index in values.indices {
      let position = mel(8000 * Float(index % bins) / Float(bins - 1)) / width
      values[index] = max(0, 1 - abs(position - Float(index / bins + 1))) / 100
    }
  }

  /// Values between −limit and limit from a generator seeded by the tensor's name.
  private func fillUniformly(
    _ values: UnsafeMutableBufferPointer<Float>, limit: Float, seed: String
  ) {
    var state = ContentHash(of: seed.utf8).number
    for i in values.indices {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      values[i] = (Float(state >> 40) * 0x1p-23 - 1) * limit
    }
  }
}
