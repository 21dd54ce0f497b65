internal import Glibc
internal import System

/// Tensors that a model's file lacks because they follow from its configuration.
struct MadeTensors {
  private var values: [(name: String, shape: [Int], values: [Float])] = []

  /// Whether there is none.
  var isEmpty: Bool { values.isEmpty }

  /// Adds a tensor.
  mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
    self.values.append((name, shape, values))
  }

  /// Adds what log-mels are computed with, as NeMo stores it.
  mutating func addFeatures(_ preprocessor: ModelConfiguration.Preprocessor) {
    let window = preprocessor.window
    add("preprocessor.featurizer.window", [window], Self.hann(window))
    add(
      "preprocessor.featurizer.fb", [1, preprocessor.mels, preprocessor.fftSize / 2 + 1],
      MelFilters(preprocessor).weights)
  }

  /// Places them in a file in memory.
  ///
  /// - Parameter path: What to call it in an error.
  /// - Returns: The file, and the tensors by name.
  /// - Throws: `CheckpointError` where there is no memory.
  func mapped(
    path: String
  ) throws(CheckpointError) -> (file: MappedFile, tensors: [String: StoredTensor]) {
    let all = values.flatMap(\.values)
    let file: MappedFile
    do throws(Errno) {
      let memory = try FileDescriptor(inMemory: all.withUnsafeBytes { Array($0) })
      file = try Self.map(memory, path)
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
    let storage = FileRegion(file)
    var tensors: [String: StoredTensor] = [:]
    var offset = 0
    for (name, shape, values) in values {
      tensors[name] = try StoredTensor(
        name: name, element: .float32, shape: shape, offset: offset, storage: storage)
      offset += values.count
    }
    return (file, tensors)
  }

  private static func map(
    _ memory: borrowing FileDescriptor, _ path: String
  ) throws(Errno) -> MappedFile {
    do throws(CheckpointError) { return try MappedFile(memory, path: path) } catch {
      throw Errno(ENOMEM)
    }
  }

  /// A symmetric Hann window, as `torch.hann_window(periodic=False)` makes it.
  private static func hann(_ count: Int) -> [Float] {
    guard count > 1 else { return Array(repeating: 1, count: count) }
    return (0..<count).map {
      Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(count - 1)))
    }
  }
}

/// Triangles over frequencies that are equally spaced on Slaney's mel scale, each of the same area,
/// as librosa makes them.
struct MelFilters {
  /// `[bands, fftSize / 2 + 1]`, row-major.
  let weights: [Float]

  init(_ preprocessor: ModelConfiguration.Preprocessor) {
    let (bands, bins) = (preprocessor.mels, preprocessor.fftSize / 2 + 1)
    let highest = Double(preprocessor.sampleRate) / 2
    let step = Self.mels(highest) / Double(bands + 1)
    let edges = (0..<bands + 2).map { Self.hertz(Double($0) * step) }
    var weights: [Float] = []
    weights.reserveCapacity(bands * bins)
    for band in 0..<bands {
      let (low, centre, high) = (edges[band], edges[band + 1], edges[band + 2])
      // Rounded before it is scaled, as there.
      let scale = 2 / (high - low)
      for bin in 0..<bins {
        let frequency = highest * Double(bin) / Double(bins - 1)
        let height = min((frequency - low) / (centre - low), (high - frequency) / (high - centre))
        weights.append(Float(Double(Float(max(0, height))) * scale))
      }
    }
    self.weights = weights
  }

  // Linear below 1,000 Hz, which is 15 mel, and logarithmic above.
  private static let hertzPerMel = 200.0 / 3
  private static let corner = (hertz: 1_000.0, mels: 15.0)
  private static let logStep = log(6.4) / 27

  private static func mels(_ hertz: Double) -> Double {
    hertz < corner.hertz
      ? hertz / hertzPerMel : corner.mels + log(hertz / corner.hertz) / logStep
  }

  private static func hertz(_ mels: Double) -> Double {
    mels < corner.mels
      ? mels * hertzPerMel : corner.hertz * exp(logStep * (mels - corner.mels))
  }
}
