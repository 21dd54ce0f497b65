import Foundation
import TestSupport
import Testing

/// What a recording gives does not hang on the recordings before it, whichever kernels OpenBLAS
/// has: processors of all kinds are played by one that has their instructions.
@Suite struct TranscribeOrderTests {
  /// Kernels of OpenBLAS that run here; nil for those that it chooses.
  private static let cores: [String?] =
    [nil] + (Processor.has("avx2", "fma") ? ["Haswell", "Zen"] : [])
    + (Processor.has("avx512f", "avx512vl", "avx512dq", "avx512bw") ? ["SkylakeX"] : [])

  /// The tokens of each recording with their scores, heard one after the other.
  private static func tokens(
    _ recordings: [String], core: String?, threads: Int
  ) throws -> [NSArray] {
    let folder = Fixtures.committed
    let model = folder.appending(path: "hybrid/hybrid.nemo").path
    let files = recordings.map { folder.appending(path: "wav/\($0).wav").path }
    let outcome = try CommandRunner.run(
      [
        "transcribe", "--json", "--precision", "float32", "--model", model, "--threads",
        "\(threads)",
      ] + files, environment: core.map { ["OPENBLAS_CORETYPE": $0] } ?? [:])
    try #require(outcome.code == 0, "\(outcome.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let documents = try found as? [[String: Any]] ?? [#require(found as? [String: Any])]
    return try documents.map { try #require($0["tokens"] as? NSArray) }
  }

  @Test(arguments: cores, [1, 2])
  func recordingsBeforeMakeNoDifference(_ core: String?, threads: Int) throws {
    let alone = try Self.tokens(["s640"], core: core, threads: threads)
    #expect(try #require(alone.first).count > 10)
    let after = try Self.tokens(["s030", "s170", "s640"], core: core, threads: threads)
    #expect(after.last == alone.first, "\(core ?? "its own")")
  }
}
