package import Checkpoint
internal import Foundation
internal import Models
internal import Recognition
internal import Transcription

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
      let model = try LoadedModel(path, precision: precision, threads: threads)
      _ = try Recognizer(model.speech, threads: threads)
      return (model.checkpoint, (clock.now - start) / .seconds(1))
    }
    _ = try open()
    (checkpoint, readySeconds) = try open()
  }

  /// Starts an engine.
  func recognizer(threads: Int) throws(RecognitionError) -> Recognizer {
    let model = try SpeechModel(checkpoint, precision: precision, threads: threads)
    return try Recognizer(model, threads: threads)
  }
}

/// One model in all precisions that are measured.
package struct BenchmarkModels {
  let name: String
  /// Those to measure, float32 first.
  let measured: [BenchmarkModel]
  /// The same model with float weights, for the roofline; nil where it stores int8 weights only.
  let floats: Checkpoint?

  /// Opens a stored model.
  ///
  /// - Parameters:
  ///   - model: Name or path.
  ///   - precision: The only one to measure; nil for all that there are.
  ///   - threads: Threads of the engines that are timed until they are ready.
  /// - Throws: Where there is no such model, or it cannot be opened in a precision.
  package init(model: String, precision: Precision?, threads: Int) throws {
    let checkpoint = try ModelStore().open(model)
    let path = checkpoint.path
    let all = checkpoint.storedElement == .int8 ? [.int8] : Precision.inMemory
    try self.init(
      name: path, [.float32: path, .int8: path], precision.map { [$0] } ?? all, threads: threads)
  }

  /// Opens a model of random weights; writes it first where it does not exist.
  ///
  /// - Parameters:
  ///   - synthetic: The released model whose shapes are taken.
  ///   - precision: The only one to measure; nil for all that there are.
  ///   - threads: Threads of the engines that are timed until they are ready.
  ///   - notice: Told what is being written, a line each.
  /// - Throws: Where there is no such layout, or the model cannot be written.
  package init(
    synthetic: String, precision: Precision?, threads: Int, notice: (String) -> Void
  ) throws {
    let layout = try SyntheticModel(named: synthetic)
    let wanted = precision.map { [$0] } ?? Precision.inMemory
    var paths = [Precision.float32: try layout.folder(notice)]
    if wanted.contains(.int8) { paths[.int8] = try layout.int8Folder(notice) }
    try self.init(name: "\(synthetic), random weights", paths, wanted, threads: threads)
  }

  /// Writes a model of random weights, as a store holds it, unless it is there already.
  ///
  /// - Parameters:
  ///   - synthetic: The released model whose shapes are taken.
  ///   - precision: How its weights are stored; as int8 they are written as floats too.
  ///   - place: The folder to write it in.
  ///   - notice: Told what is being written, a line each.
  /// - Returns: The model's path.
  /// - Throws: Where there is no such layout, or the model cannot be written.
  package static func write(
    synthetic: String, precision: Precision, in place: String, notice: (String) -> Void
  ) throws -> String {
    let layout = try SyntheticModel(named: synthetic, in: place)
    return precision == .int8 ? try layout.int8Folder(notice) : try layout.folder(notice)
  }

  private init(
    name: String, _ paths: [Precision: String], _ wanted: [Precision], threads: Int
  ) throws {
    self.name = name
    measured = try wanted.map {
      try BenchmarkModel(path: paths[$0] ?? "", precision: $0, threads: threads)
    }
    let reference = try paths[.float32].map { try ModelStore().open($0) }
    floats = reference?.storedElement == .int8 ? nil : reference
  }

  /// The model that runs fastest.
  var quickest: BenchmarkModel? {
    measured.first { $0.precision == .quickest(for: $0.checkpoint) } ?? measured.first
  }
}
