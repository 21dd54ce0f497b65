internal import Checkpoint
internal import Foundation
internal import Kernels
internal import Recognition

/// Measures a model in every precision, in turn with OpenBLAS alone on the encoder's products.
struct RecognitionBenchmark {
  let models: BenchmarkModels
  let lengths: [Int]
  let threads: [Int]
  /// Rounds of each length; nil for as many as time allows.
  let count: Int?

  /// Seconds after which no other round begins although there were fewer than three.
  private static let patience = 25.0
  /// Seconds for which rounds go on.
  private static let diligence = 8.0
  /// Rounds at most.
  private static let most = 9
  /// OpenBLAS's workers spin for up to 50 ms after a product; this outlasts them.
  private static let calm = 0.12
  /// Seconds of audio that fill every table which engines keep.
  private static let warmth = 31

  /// One recognition.
  struct Pass {
    /// What it took.
    let instrument: Instrument
    let threads: Int
    let tokens: Int
    /// What OpenBLAS alone took before it.
    let sgemmSeconds: Double?

    /// The part of the encoder's time that all threads spent on matrix products.
    var gemmShare: Double { instrument.multiplying / available }
    /// The part that they spent on packing activations for them.
    var packingShare: Double { instrument.packing / available }
    private var available: Double { instrument.encoder * Double(threads) }
  }

  /// Measures every length with every number of threads.
  ///
  /// - Parameter progress: Gets the part that is done.
  /// - Returns: A row for each precision, number of threads and length.
  /// - Throws: Where a model cannot be run.
  func rows(_ progress: (Double) -> Void) throws -> [BenchmarkRow] {
    var rows: [BenchmarkRow] = []
    let peaks = try peakMemory()
    for (done, count) in threads.enumerated() {
      let engines = try models.measured.map { try $0.recognizer(threads: count) }
      for engine in engines {
        let warmUp = Self.noise(
          seconds: min(Self.warmth, lengths.max() ?? 0), rate: engine.model.sampleRate)
        _ = try pass(engine, warmUp, after: nil)
      }
      for (index, seconds) in lengths.enumerated() {
        progress(Double(done * lengths.count + index) / Double(threads.count * lengths.count))
        let products = products(of: engines, seconds: seconds)
        let passes = try rounds(engines, products, seconds: seconds, threads: count)
        for (engine, passes) in zip(engines, passes) {
          rows.append(
            BenchmarkRow(
              engine.model.precision, threads: count, seconds: seconds, passes,
              operations: products.operations,
              peakRSS: peaks[MemoryUse(engine.model.precision, seconds: seconds)] ?? 0))
        }
      }
    }
    return rows
  }

  /// The products of the engines' encoder, alike in all precisions.
  private func products(of engines: [Recognizer], seconds: Int) -> [MatrixProduct] {
    guard let engine = engines.first, let model = models.measured.first else { return [] }
    let samples = seconds * engine.model.sampleRate
    return MatrixProduct.encoding(
      samples: samples, model.checkpoint.configuration,
      projectingPositions: engine.model.projectsPositions(samples: samples))
  }

  /// Recognises some audio with all engines in turn, several times.
  private func rounds(
    _ engines: [Recognizer], _ products: [MatrixProduct], seconds: Int, threads: Int
  ) throws -> [[Pass]] {
    let audio = Self.noise(seconds: seconds, rate: engines.first?.model.sampleRate ?? 16_000)
    let roofline = try models.floats.map { try Roofline(products, $0) }
    var passes = engines.map { _ in [Pass]() }
    let start = Date()
    for round in 0..<(count ?? Self.most) {
      let taken = -start.timeIntervalSinceNow
      let limit = round < 3 ? Self.patience : Self.diligence
      if count == nil, round > 0, taken > limit { break }
      Thread.sleep(forTimeInterval: Self.calm)
      let alone = roofline?.run(threads: threads)
      Thread.sleep(forTimeInterval: Self.calm)
      for (index, engine) in engines.enumerated() {
        passes[index].append(try pass(engine, audio, after: alone))
      }
    }
    return passes
  }

  private func pass(_ engine: Recognizer, _ audio: [Float], after alone: Double?) throws -> Pass {
    let instrument = Instrument(productsOf: engine.threads)
    engine.instrument = instrument
    let tokens = try audio.withUnsafeBufferPointer { try engine.tokens(of: $0).count }
    return Pass(
      instrument: instrument, threads: engine.threads, tokens: tokens, sgemmSeconds: alone)
  }

  /// The memory of each precision at each length, with the largest number of threads.
  private func peakMemory() throws -> [MemoryUse: Int] {
    var peaks: [MemoryUse: Int] = [:]
    for model in models.measured {
      for seconds in lengths {
        let use = MemoryUse(model.precision, seconds: seconds)
        peaks[use] = try use.measure(model.checkpoint.path, threads: threads.max() ?? 1)
      }
    }
    return peaks
  }

  /// Noise whose loudness rises and falls about as syllables do; the same at every call.
  static func noise(seconds: Int, rate: Int) -> [Float] {
    var state: UInt32 = 1
    return (0..<seconds * rate).map { index in
      state = state &* 1_664_525 &+ 1_013_904_223
      let loudness = 0.05 + 0.05 * sin(2 * Float.pi * 4 * Float(index) / Float(rate))
      return (Float(state >> 8) * 0x1p-23 - 1) * loudness
    }
  }
}
