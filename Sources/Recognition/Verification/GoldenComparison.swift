package import Checkpoint

/// Recomputes the tensors that a golden file names, and tells how far they are from NeMo's.
package enum GoldenComparison {
  /// One tensor's difference.
  package struct Row: Sendable, Equatable {
    /// The tensor's name in the golden file.
    package let name: String
    /// Its shape there.
    package let shape: [Int]
    /// The kind of tensor, which has a tolerance in common.
    package let kind: Kind
    /// The largest difference.
    package let absolute: Float
    /// The largest difference divided by the largest golden value.
    package let relative: Float
    /// The root of the squared differences' sum, divided by that of the golden values.
    package let deviation: Float

    /// Whether the difference is tolerated of an engine with float32 weights.
    package var passes: Bool { absolute <= kind.tolerance }
  }

  /// Tensors that are equally hard to compute.
  package enum Kind: String, Sendable, CaseIterable {
    /// Log-mel features.
    case features
    /// Sinusoids of relative positions.
    case positions
    /// Everything from the first convolution to the encoder's output.
    case encoder
    /// Prediction network.
    case prediction
    /// Joint network and CTC scores, and what is derived from them.
    case logits
    /// Token ids, frames, durations: these must be the same.
    case decisions

    /// The largest difference that is tolerated.
    package var tolerance: Float {
      switch self {
      case .features, .logits: 1e-3
      case .encoder: 5e-4
      case .positions, .prediction: 1e-5
      case .decisions: 0
      }
    }

    init(_ name: String, isInteger: Bool) {
      switch name {
      case _ where isInteger: self = .decisions
      case "features": self = .features
      case "pos_emb": self = .positions
      case _ where name.hasPrefix("pred."): self = .prediction
      case "joint.enc_projected", "encoder", "pos_enc.x": self = .encoder
      case _ where name.hasPrefix("layer") || name.hasPrefix("subsampling"): self = .encoder
      default: self = .logits
      }
    }
  }

  /// Compares every tensor that the golden file names and this recogniser computes.
  ///
  /// Those of both heads for a hybrid model whose transducer decodes.
  ///
  /// - Parameters:
  ///   - golden: NeMo's tensors.
  ///   - samples: The recording that they were computed from, 16 kHz mono.
  ///   - recognizer: The engine.
  /// - Returns: Differences, sorted by name.
  /// - Throws: `RecognitionError` when the golden file cannot be read or memory is short.
  package static func compare(
    _ golden: SafetensorsFile, samples: UnsafeBufferPointer<Float>, with recognizer: Recognizer
  ) throws(RecognitionError) -> [Row] {
    try compare(golden, samples: samples, with: recognizer) { $0 }
  }

  /// Compares with a golden file that holds tensors of several recordings.
  ///
  /// - Parameters:
  ///   - golden: NeMo's tensors.
  ///   - samples: One of the recordings, 16 kHz mono.
  ///   - recognizer: The engine.
  ///   - tensor: Tells from a name in the file which tensor of this recording it is, if any.
  /// - Returns: Differences, sorted by name.
  /// - Throws: `RecognitionError` when the golden file cannot be read or memory is short.
  package static func compare(
    _ golden: SafetensorsFile, samples: UnsafeBufferPointer<Float>, with recognizer: Recognizer,
    tensor: (String) -> String?
  ) throws(RecognitionError) -> [Row] {
    let trace = try Trace(recognizer, samples: samples, golden: golden)
    do throws(CheckpointError) {
      var rows: [Row] = []
      for (name, stored) in golden.tensors {
        guard let own = tensor(name), let ours = trace.recordings[own] else { continue }
        let isInteger = stored.element == .int32
        let theirs =
          isInteger ? try stored.int32s().map(Float.init) : Array(try stored.floats().values)
        let kind = Kind(own, isInteger: isInteger)
        rows.append(row(name, ours, theirs, shape: stored.shape, kind))
      }
      return rows.sorted { $0.name < $1.name }
    } catch {
      throw .checkpoint(error)
    }
  }

  private static func row(
    _ name: String, _ ours: Probe.Recording, _ theirs: [Float], shape: [Int], _ kind: Kind
  ) -> Row {
    var (difference, scale) = (Float(0), Float(0))
    var (errors, squares) = (0.0, 0.0)
    let mayDiffer = name.hasPrefix("subsampling") || name == "pos_enc.x"
    if let pairs = commonIndices(ours.shape, shape, exact: !mayDiffer) {
      for (mine, golden) in pairs {
        let gap = abs(ours.values[mine] - theirs[golden])
        difference = gap > difference || gap.isNaN ? gap : difference
        scale = max(scale, abs(theirs[golden]))
        errors += Double(gap * gap)
        squares += Double(theirs[golden] * theirs[golden])
      }
    } else {
      difference = .infinity
    }
    return Row(
      name: name, shape: shape, kind: kind, absolute: difference,
      relative: difference == 0 ? 0 : difference / max(scale, .leastNormalMagnitude),
      deviation: difference.isFinite
        ? Float((errors / max(squares, .leastNormalMagnitude)).squareRoot()) : .infinity)
  }

  /// Pairs of offsets of the places that two tensors have in common, nil for shapes that should be
  /// equal and are not.
  ///
  /// NeMo computes the subsampling with a spare frame at the end, and golden files may hold its
  /// first channels only.
  private static func commonIndices(_ ours: [Int], _ theirs: [Int], exact: Bool) -> [(Int, Int)]? {
    guard ours.count == theirs.count, !exact || ours == theirs else { return nil }
    var pairs = [(0, 0)]
    for (mine, golden) in zip(ours, theirs) {
      pairs = pairs.flatMap { pair in
        (0..<min(mine, golden)).map { (pair.0 * mine + $0, pair.1 * golden + $0) }
      }
    }
    return pairs
  }
}
