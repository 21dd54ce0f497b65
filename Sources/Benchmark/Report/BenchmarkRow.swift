internal import Checkpoint
internal import Foundation
internal import Recognition

/// Recognition of one length in one precision: medians of several rounds.
struct BenchmarkRow: ReportRow {
  let precision: String
  let threads: Int
  let audioSeconds: Int
  let rounds: Int
  let featuresSeconds: Double
  let encoderSeconds: Double
  let decoderSeconds: Double
  /// OpenBLAS alone on the encoder's matrix products, in turn with the encoder.
  let sgemmSeconds: Double?
  /// Encoder time in units of `sgemmSeconds`, median over rounds.
  let encoderToSgemm: Double?
  /// The part of the encoder's time that went into matrix products.
  let gemmShare: Double
  /// The part that went into packing activations as integers; OpenBLAS packs inside its products.
  let packingShare: Double
  let otherShare: Double
  /// Billion operations of the encoder's products a second.
  let encoderRate: Double
  /// The same for OpenBLAS alone.
  let sgemmRate: Double?
  /// Computing time divided by the length of the audio.
  let rtf: Double
  let tokens: Int
  let peakRSS: Int
  /// The stages of the round with the median encoder time.
  let stages: [StageRow]

  /// Summarises rounds.
  ///
  /// - Parameters:
  ///   - precision: How weights are kept.
  ///   - threads: Threads of the engine, and of OpenBLAS.
  ///   - seconds: Length of the audio.
  ///   - passes: One for each round, at least one.
  ///   - operations: Floating-point operations of the products of each stage.
  ///   - peakRSS: Bytes.
  init(
    _ precision: Precision, threads: Int, seconds: Int, _ passes: [RecognitionBenchmark.Pass],
    operations: [Instrument.Stage: Double], peakRSS: Int
  ) {
    func median(_ value: (RecognitionBenchmark.Pass) -> Double?) -> Double? {
      let values = passes.compactMap(value)
      return values.isEmpty ? nil : Spread(values).median
    }
    self.precision = precision.rawValue
    self.threads = threads
    self.peakRSS = peakRSS
    audioSeconds = seconds
    rounds = passes.count
    featuresSeconds = median(\.instrument.features) ?? 0
    let encoder = median(\.instrument.encoder) ?? 0
    encoderSeconds = encoder
    decoderSeconds = median(\.instrument.decoder) ?? 0
    sgemmSeconds = median(\.sgemmSeconds)
    encoderToSgemm = median { pass in pass.sgemmSeconds.map { pass.instrument.encoder / $0 } }
    gemmShare = median(\.gemmShare) ?? 0
    packingShare = median(\.packingShare) ?? 0
    otherShare = 1 - gemmShare - packingShare
    let all = operations.values.reduce(0, +)
    encoderRate = all / encoder / 1e9
    let sgemmRate = sgemmSeconds.map { all / $0 / 1e9 }
    self.sgemmRate = sgemmRate
    rtf = (featuresSeconds + encoder + decoderSeconds) / Double(seconds)
    let typical = passes.first { $0.instrument.encoder == encoder }
    tokens = typical?.tokens ?? 0
    stages = Instrument.Stage.allCases.map { stage in
      StageRow(
        precision: precision.rawValue, threads: threads, audioSeconds: seconds, stage: stage,
        seconds: typical?.instrument[stage] ?? 0, encoderSeconds: encoder,
        operations: operations[stage], sgemmRate: sgemmRate)
    }
  }

  static var fields: [ReportField<Self>] {
    [
      ReportField("precision", \.precision),
      ReportField("threads", \.threads),
      ReportField("audio_seconds", \.audioSeconds),
      ReportField("rounds", \.rounds),
      ReportField("features_seconds", \.featuresSeconds),
      ReportField("encoder_seconds", \.encoderSeconds),
      ReportField("decoder_seconds", \.decoderSeconds),
      ReportField("sgemm_seconds", \.sgemmSeconds),
      ReportField("encoder_to_sgemm", \.encoderToSgemm),
      ReportField("encoder_of_roofline", { row in row.encoderToSgemm.map { 1 / $0 } }),
      ReportField("encoder_gflops", \.encoderRate),
      ReportField("sgemm_gflops", \.sgemmRate),
      ReportField("gemm_share", \.gemmShare),
      ReportField("packing_share", \.packingShare),
      ReportField("other_share", \.otherShare),
      ReportField("rtf", \.rtf),
      ReportField("tokens", \.tokens),
      ReportField("peak_rss_bytes", \.peakRSS),
    ]
  }

  /// The head of the table for people.
  static let heading =
    "precision threads audio features  encoder decoder    RTF GFLOP/s  sgemm  ratio   pack"
    + "  other tokens  peak RSS"

  /// The row for people.
  var line: String {
    let alone = sgemmRate.map { String(format: "%6.1f", $0) } ?? "     –"
    let ratio = encoderToSgemm.map { String(format: "%5.2f", $0) } ?? "    –"
    return String(
      format: "%@ %7d %3d s %6.1fms %7.3fs %5.0fms %6.4f %7.1f %@  %@ %4.0f %% %4.0f %% %6d "
        + " %5.0f MB",
      precision.padding(toLength: 9, withPad: " ", startingAt: 0), threads, audioSeconds,
      featuresSeconds * 1e3, encoderSeconds, decoderSeconds * 1e3, rtf, encoderRate, alone, ratio,
      packingShare * 100, otherShare * 100, tokens, Double(peakRSS) / 1e6)
  }
}
