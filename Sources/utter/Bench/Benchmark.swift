import Checkpoint
import Foundation
import Kernels
import Recognition

/// Measures one model on this machine.
struct Benchmark {
  let checkpoint: Checkpoint

  /// Seconds after which a row is not measured again.
  private static let patience = 20.0
  /// OpenBLAS's workers spin for up to 50 ms after a product; this outlasts them.
  private static let calm = 0.12

  /// Opens a model and times how long it takes until it could recognise, weights in memory.
  static func measureReadiness(_ path: String, threads: Int) throws -> (Checkpoint, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let checkpoint = try Checkpoint.open(path)
    checkpoint.prefetch()
    _ = try Recognizer(checkpoint: checkpoint, threads: threads)
    return (checkpoint, (clock.now - start) / .seconds(1))
  }

  /// Measures every length with every number of threads.
  func rows(
    lengths: [Int], threads: [Int], precisions: [Precision], _ progress: ProgressBar
  ) throws -> [BenchmarkRow] {
    var rows: [BenchmarkRow] = []
    for count in threads {
      for seconds in lengths {
        for precision in precisions {
          progress.show(
            Double(rows.count) / Double(threads.count * lengths.count * precisions.count))
          rows.append(try measure(seconds: seconds, threads: count, precision: precision))
        }
      }
    }
    return rows
  }

  /// Recognises some audio several times, in turn with OpenBLAS alone on the same products.
  ///
  /// - Parameters:
  ///   - seconds: Length of the audio.
  ///   - threads: Threads of the engine, and of OpenBLAS.
  ///   - precision: How the engine keeps weights.
  /// - Returns: Medians, the ratio among them taken pair by pair.
  /// - Throws: What the recogniser throws.
  func measure(seconds: Int, threads: Int, precision: Precision) throws -> BenchmarkRow {
    let recognizer = try Recognizer(
      checkpoint: checkpoint, threads: threads, precision: precision)
    let audio = Self.noise(seconds: seconds, rate: recognizer.sampleRate)
    func recognize() throws -> Int {
      try audio.withUnsafeBufferPointer { try recognizer.tokens(of: $0).count }
    }
    let tokens = try recognize()
    resetPeakMemory()
    _ = try recognize()
    let peak = peakMemory()

    let floats =
      precision == .float32
      ? recognizer
      : try Recognizer(checkpoint: checkpoint, threads: threads, precision: .float32)
    let roofline = Roofline(floats, samples: audio.count)
    _ = roofline.run(threads: threads)
    var (alone, times, ratios, shares) = ([Double](), [StageTimes](), [Double](), [Double]())
    let start = Date()
    repeat {
      Thread.sleep(forTimeInterval: Self.calm)
      alone.append(roofline.run(threads: threads))
      Thread.sleep(forTimeInterval: Self.calm)
      recognizer.times = StageTimes()
      let products = productSeconds
      _ = try recognize()
      let taken = recognizer.times
      times.append(taken)
      ratios.append(taken.encoder / (alone.last ?? 1))
      shares.append((productSeconds - products) / (taken.encoder * Double(threads)))
    } while times.count < 3 || (times.count < 15 && -start.timeIntervalSinceNow < Self.patience)

    return BenchmarkRow(
      precision: precision.rawValue, threads: threads,
      audioSeconds: seconds,
      featuresSeconds: median(times.map(\.features)), encoderSeconds: median(times.map(\.encoder)),
      decoderSeconds: median(times.map(\.decoder)), sgemmSeconds: median(alone),
      encoderToSgemm: median(ratios), gemmShare: median(shares), operations: roofline.operations,
      tokens: tokens, peakRSS: peak)
  }

  private func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }

  /// Noise whose loudness rises and falls about as syllables do; the same at every call.
  private static func noise(seconds: Int, rate: Int) -> [Float] {
    var state: UInt32 = 1
    return (0..<seconds * rate).map { index in
      state = state &* 1_664_525 &+ 1_013_904_223
      let loudness = 0.05 + 0.05 * sin(2 * Float.pi * 4 * Float(index) / Float(rate))
      return (Float(state >> 8) * 0x1p-23 - 1) * loudness
    }
  }

  /// Starts the kernel's high-water mark of resident memory anew.
  private func resetPeakMemory() {
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  /// Resident memory at its highest since the last reset, bytes, mapped weights included.
  private func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (kilobytes.flatMap { Int($0) } ?? 0) << 10
  }
}
