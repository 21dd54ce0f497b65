import Checkpoint
import Foundation
import Recognition

/// A model opened in one precision.
struct BenchmarkModel {
  let precision: Precision
  let checkpoint: Checkpoint
  /// Seconds from nothing to a recogniser, with the file in the page cache.
  let readySeconds: Double

  /// Opens a model twice, the first time for the page cache.
  init(path: String, precision: Precision, threads: Int) throws {
    self.precision = precision
    let clock = ContinuousClock()
    func open() throws -> (Checkpoint, Double) {
      let start = clock.now
      let checkpoint = try Checkpoint.open(path)
      checkpoint.prefetch()
      _ = try Recognizer(checkpoint: checkpoint, threads: threads, precision: precision)
      return (checkpoint, (clock.now - start) / .seconds(1))
    }
    _ = try open()
    (checkpoint, readySeconds) = try open()
  }

  /// Starts an engine.
  func recognizer(threads: Int) throws(RecognitionError) -> Recognizer {
    try Recognizer(checkpoint: checkpoint, threads: threads, precision: precision)
  }
}

/// One model in all precisions that are measured.
struct BenchmarkModels {
  let name: String
  /// Those to measure, float32 first.
  let measured: [BenchmarkModel]
  /// The same model with float weights, for the roofline; nil where it stores int8 weights only.
  private let floats: Checkpoint?

  /// Opens a model of random weights, or a stored one.
  ///
  /// - Parameters:
  ///   - synthetic: The released model whose shapes are taken; nil for a stored model.
  ///   - model: Name or path of a stored model; nil for the configuration's.
  ///   - precision: The only one to measure; nil for all that there are.
  ///   - threads: Threads of the engines that are timed until they are ready.
  /// - Throws: Where there is no such model, or it cannot be opened in a precision.
  init(synthetic: String?, model: String?, precision: Precision?, threads: Int) throws {
    var paths: [Precision: String] = [:]
    let wanted: [Precision]
    if let synthetic {
      let layout = try SyntheticModel(named: synthetic)
      wanted = precision.map { [$0] } ?? [.float32, .int8]
      paths[.float32] = try layout.folder()
      if wanted.contains(.int8) { paths[.int8] = try layout.int8Folder() }
      name = "\(synthetic), random weights"
    } else {
      let path = try ModelStore().resolve(try model ?? defaultModel())
      let isInt8 = try Checkpoint.open(path).storedElement == "int8"
      wanted = precision.map { [$0] } ?? (isInt8 ? [.int8] : [.float32, .int8])
      paths = [.float32: path, .int8: path]
      name = path
    }
    measured = try wanted.map {
      try BenchmarkModel(path: paths[$0] ?? "", precision: $0, threads: threads)
    }
    let reference = try paths[.float32].map(Checkpoint.open)
    floats = reference?.storedElement == "int8" ? nil : reference
  }

  /// The model that runs fastest.
  var quickest: BenchmarkModel? {
    measured.first { $0.precision == .quickest(for: $0.checkpoint) } ?? measured.first
  }

  /// An engine with float weights, nil where the model has none.
  func reference(threads: Int) throws(RecognitionError) -> Recognizer? {
    guard let floats else { return nil }
    return try Recognizer(checkpoint: floats, threads: threads, precision: .float32)
  }
}
