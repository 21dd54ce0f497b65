import Foundation

/// One line of the benchmark: medians of several runs.
struct BenchmarkRow: Encodable {
  let precision: String
  let threads: Int
  let audioSeconds: Int
  let featuresSeconds: Double
  let encoderSeconds: Double
  let decoderSeconds: Double
  /// OpenBLAS alone on the encoder's matrix products, in turn with the encoder.
  let sgemmSeconds: Double
  /// Encoder time in units of `sgemmSeconds`, median over pairs.
  let encoderToSgemm: Double
  /// The part of the encoder's time that went into matrix products.
  let gemmShare: Double
  /// Floating-point operations of the matrix products.
  let operations: Double
  let tokens: Int
  let peakRSS: Int

  /// Billion operations a second.
  var encoderRate: Double { operations / encoderSeconds / 1e9 }
  /// The same for OpenBLAS alone.
  var sgemmRate: Double { operations / sgemmSeconds / 1e9 }
  /// Computing time divided by the length of the audio.
  var rtf: Double {
    (featuresSeconds + encoderSeconds + decoderSeconds) / Double(audioSeconds)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(precision, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(audioSeconds, forKey: .audioSeconds)
    try container.encode(featuresSeconds, forKey: .featuresSeconds)
    try container.encode(encoderSeconds, forKey: .encoderSeconds)
    try container.encode(decoderSeconds, forKey: .decoderSeconds)
    try container.encode(sgemmSeconds, forKey: .sgemmSeconds)
    try container.encode(encoderToSgemm, forKey: .encoderToSgemm)
    try container.encode(1 / encoderToSgemm, forKey: .rooflineShare)
    try container.encode(encoderRate, forKey: .encoderRate)
    try container.encode(sgemmRate, forKey: .sgemmRate)
    try container.encode(gemmShare, forKey: .gemmShare)
    try container.encode(rtf, forKey: .rtf)
    try container.encode(tokens, forKey: .tokens)
    try container.encode(peakRSS, forKey: .peakRSS)
  }

  /// The head of the table for people.
  static let heading =
    "precision threads audio features encoder decoder    RTF  GFLOP/s   sgemm  of it  products"
    + "  peak RSS"

  /// The row for people.
  var line: String {
    String(
      format: "%@ %7d %4d s %6.1fms %6.3fs %5.0fms %6.4f %8.1f %7.1f  %3.0f %%"
        + "     %3.0f %%  %5.0f MB",
      precision.padding(toLength: 9, withPad: " ", startingAt: 0), threads, audioSeconds,
      featuresSeconds * 1e3, encoderSeconds, decoderSeconds * 1e3, rtf, encoderRate, sgemmRate,
      100 / encoderToSgemm, gemmShare * 100, Double(peakRSS) / 1e6)
  }

  private enum Key: String, CodingKey {
    case precision, threads, rtf, tokens
    case audioSeconds = "audio_seconds"
    case featuresSeconds = "features_seconds"
    case encoderSeconds = "encoder_seconds"
    case decoderSeconds = "decoder_seconds"
    case sgemmSeconds = "sgemm_seconds"
    case encoderToSgemm = "encoder_to_sgemm"
    case rooflineShare = "encoder_of_roofline"
    case encoderRate = "encoder_gflops"
    case sgemmRate = "sgemm_gflops"
    case gemmShare = "gemm_share"
    case peakRSS = "peak_rss_bytes"
  }
}

/// What `utter bench` found.
struct BenchmarkReport: Encodable {
  let machine: String
  let commit: String
  let model: String
  let blas: String
  let isa: String
  let weightsBytes: Int
  let readySeconds: Double
  let runs: [BenchmarkRow]
  let latency: [LatencyRow]

  private enum CodingKeys: String, CodingKey {
    case machine, commit, model, blas, isa, runs, latency
    case weightsBytes = "weights_bytes"
    case readySeconds = "ready_seconds"
  }

  /// The processor's name with the number of cores that this process may use.
  static func describeMachine(cores: Int) -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return "\(name ?? "unknown processor"), \(cores) cores"
  }

  /// The commit that the program was built from, where it still lies in its clone.
  static func commit() -> String {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let folder = Bundle.main.executableURL?.deletingLastPathComponent().path ?? "."
    git.arguments = ["git", "-C", folder, "describe", "--always", "--dirty"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return "unknown" }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    git.waitUntilExit()
    let commit = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return git.terminationStatus == 0 && !commit.isEmpty ? commit : "unknown"
  }

  /// The table for people.
  var table: String {
    let megabyte = 1e6
    let head = [
      "machine  \(machine), \(isa) kernels, \(blas)", "model    \(model)",
      String(
        format: "weights  %.0f MB, ready in %.3f s", Double(weightsBytes) / megabyte, readySeconds),
      "",
    ]
    let heading = latency.isEmpty ? BenchmarkRow.heading : LatencyRow.heading
    return (head + [heading] + runs.map(\.line) + latency.map(\.line)).joined(separator: "\n")
  }
}
