import Foundation
import TestSupport
import Testing

/// How much work the engine is with a small model, to the instruction: what takes more or fewer of
/// them than `instructions.json` says has to be looked at.
///
/// `make record-instructions` writes the file anew.
@Suite(
  .enabled(if: !isDebug, "only what the optimiser leaves says something"),
  .enabled(if: !isSanitized, "a sanitizer has instructions of its own"),
  .enabled(if: Processor.has("avx2", "fma"), "the record is of a processor with AVX2"))
struct InstructionTests {
  /// The file of the record.
  private struct Record: Codable {
    /// What the program was built with and runs on.
    var tools: [String: String] = [:]
    /// Instructions by model and decoder, then by stage.
    var counts: [String: [String: Int]] = [:]
  }

  /// How far a count may be from its record.
  private static let tolerance = 0.05
  private static let file = Fixtures.committed.appending(path: "instructions.json")
  private static let isRecording =
    ProcessInfo.processInfo.environment["UTTER_RECORD_INSTRUCTIONS"] != nil

  @Test func noStageTakesMore() throws {
    var found = Record()
    for (decoder, precision) in [("tdt", "float32"), ("ctc", "float32"), ("tdt", "int8")] {
      let model = Fixtures.committed.appending(path: "hybrid/hybrid.nemo").path
      let recording = Fixtures.committed.appending(path: "wav/s170.wav").path
      let run = try Callgrind(
        [
          "transcribe", "--threads", "1", "--precision", precision, "--model", model, "--decoder",
          decoder, recording,
        ])
      found.counts["hybrid, \(decoder), \(precision)"] = run.counts
      found.tools = run.tools
    }
    guard !Self.isRecording else { return try write(found) }
    let record = try JSONDecoder().decode(Record.self, from: try Data(contentsOf: Self.file))
    guard record.tools == found.tools else {
      // Another compiler or library has other counts, whatever the sources are.
      print("instruction counts: not compared, recorded with \(record.tools), not \(found.tools)")
      return
    }
    #expect(Set(record.counts.keys) == Set(found.counts.keys), "make record-instructions")
    for (run, stages) in found.counts {
      for (stage, count) in stages {
        let recorded = try #require(record.counts[run]?[stage], "make record-instructions")
        let ratio = Double(count) / Double(recorded)
        let counts = "\(run), \(stage): \(count) instructions instead of \(recorded)"
        #expect(ratio <= 1 + Self.tolerance, "\(counts)")
        #expect(
          ratio >= 1 - Self.tolerance, "\(counts): keep that, with make record-instructions")
      }
    }
  }

  private func write(_ record: Record) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (try encoder.encode(record) + Data("\n".utf8)).write(to: Self.file)
  }
}
