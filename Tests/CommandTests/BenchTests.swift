import Foundation
import TestSupport
import Testing

/// `utter bench --latency` with the model that comes with the program: the report, not the speed.
@Suite struct BenchTests {
  private static let starter = Fixtures.repository.appending(path: "models/starter-en").path

  private func latency(_ arguments: [String]) throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      ["bench", "--latency", "--model", Self.starter, "--threads", "1"] + arguments)
  }

  @Test func latencyIsReported() throws {
    let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
    for speech in [[], ["--speech", recording]] {
      let outcome = try latency(["--audio", "2,5", "--count", "4", "--json"] + speech)
      #expect(outcome.code == 0 && outcome.errors == "")
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect((report["runs"] as? [Any])?.isEmpty == true)
      let rows = try #require(report["latency"] as? [[String: Any]])
      #expect(rows.map { $0["audio_seconds"] as? Int } == [2, 5])
      for row in rows {
        #expect(row["dictations"] as? Int == 4 && row["threads"] as? Int == 1)
        let latencies = ["median_ms", "p95_ms", "max_ms"].compactMap { row[$0] as? Double }
        #expect(latencies.count == 3 && latencies == latencies.sorted())
        // Of four key-ups two are in the middle of speech, where the tail alone takes 250 ms.
        #expect(try #require(latencies.first) >= 120)
        #expect(try #require(latencies.last) >= 250)
        for key in ["rtf", "busy_share", "tokens_per_second"] {
          #expect(try #require(row[key] as? Double) > 0, "\(key)")
        }
      }
    }
  }

  @Test func latencyHasATable() throws {
    let outcome = try latency(["--audio", "2", "--count", "1"])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("median") && outcome.output.contains(" 2 s "))
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    for arguments in [["--count", "0"], ["--audio", "0"], ["--audio", "99999999999999999"]] {
      #expect(try latency(arguments).code == 2, "\(arguments)")
    }
    #expect(try CommandRunner.run(["bench", "--speech", "a.wav"]).code == 2)
    let missing = try latency(["--speech", "/none.wav"])
    #expect(missing.code == 66 && missing.errors.hasPrefix("utter: /none.wav:"))
  }
}
