import Foundation
import Kernels
import TestSupport
import Testing

/// `utter bench` with the model that comes with the program: the report, not the speed.
@Suite struct BenchTests {
  private static let starter = Fixtures.repository.appending(path: "models/starter-en").path

  private func bench(_ arguments: [String]) throws -> CommandRunner.Outcome {
    try CommandRunner.run(["bench", "--model", Self.starter, "--threads", "1"] + arguments)
  }

  /// The report of a run that must succeed without a word on stderr.
  private func report(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try bench(arguments + ["--json"])
    #expect(outcome.code == 0 && outcome.errors == "")
    return try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func rows(_ key: String, _ report: [String: Any]) throws -> [[String: Any]] {
    try #require(report[key] as? [[String: Any]])
  }

  @Test func bothPrecisionsAreMeasuredAgainstOneRoofline() throws {
    let report = try report(["--audio", "1,2", "--count", "2"])
    let runs = try rows("runs", report)
    #expect(runs.map { $0["precision"] as? String } == ["float32", "int8", "float32", "int8"])
    #expect(runs.map { $0["audio_seconds"] as? Int } == [1, 1, 2, 2])
    #expect(runs.allSatisfy { $0["rounds"] as? Int == 2 })
    for (float, int8) in [(runs[0], runs[1]), (runs[2], runs[3])] {
      #expect(float["sgemm_seconds"] as? Double == int8["sgemm_seconds"] as? Double)
      for run in [float, int8] {
        for key in ["encoder_seconds", "encoder_to_sgemm", "decoder_seconds", "encoder_gflops"] {
          #expect(try #require(run[key] as? Double) > 0, "\(key)")
        }
        let keys = ["gemm_share", "packing_share", "other_share"]
        let shares = keys.compactMap { run[$0] as? Double }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
      }
      // The memory of one precision holds no weights of the other.
      let peaks = [float, int8].compactMap { $0["peak_rss_bytes"] as? Int }
      #expect(peaks.count == 2 && peaks[0] > 13_000_000)
    }
    for key in ["ready_seconds", "weights_bytes"] {
      let each = try #require(report[key] as? [String: Any])
      #expect(Set(each.keys) == ["float32", "int8"])
    }
    // Lengths were given, so that nothing but recognition is measured.
    for key in ["utterances", "kernels", "latency"] { #expect(try rows(key, report).isEmpty) }
  }

  @Test func stagesAreDisjoint() throws {
    let report = try report(["--audio", "2", "--count", "3"])
    let stages = try rows("stages", report)
    for run in try rows("runs", report) {
      let own = stages.filter { $0["precision"] as? String == run["precision"] as? String }
      #expect(Set(own.compactMap { $0["stage"] as? String }).count == own.count)
      #expect(own.count == 11)
      let encoder = try #require(run["encoder_seconds"] as? Double)
      let parts = own.filter { $0["in_encoder"] as? Bool == true }
      let sum = parts.compactMap { $0["seconds"] as? Double }.reduce(0, +)
      #expect(abs(sum - encoder) <= 1e-6 * encoder)
      let named = Dictionary(own.map { ($0["stage"] as? String ?? "", $0) }) { $1 }
      for stage in ["features", "subsampling", "feed_forward", "attention_scores", "prediction"] {
        #expect(try #require(named[stage]?["seconds"] as? Double) > 0, "\(stage)")
      }
      for stage in ["feed_forward", "attention_projections", "attention_scores", "convolution"] {
        #expect(try #require(named[stage]?["gflops"] as? Double) > 0, "\(stage)")
      }
      #expect(named["norm"]?["gflops"] is NSNull)
    }
  }

  @Test func int8WeightsHaveNoRoofline() throws {
    try withTemporaryFolder { folder in
      let source = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
      let models = ["UTTER_MODELS": folder.path]
      let imported = try CommandRunner.run(
        ["model", "import", source, "--precision", "int8"], environment: models)
      try #require(imported.code == 0, "\(imported.errors)")
      let model = folder.appending(path: "v2like").path
      let report = try report(["--model", model, "--audio", "1", "--count", "1"])
      let run = try #require(try rows("runs", report).first)
      #expect(try rows("runs", report).count == 1 && run["precision"] as? String == "int8")
      #expect(run["sgemm_seconds"] is NSNull && run["encoder_to_sgemm"] is NSNull)
      let outcome = try bench(["--model", model, "--audio", "1", "--count", "1"])
      #expect(outcome.code == 0 && outcome.output.contains("–"))
      #expect(try bench(["--model", model, "--precision", "float32"]).code == 65)
    }
  }

  @Test func kernelsOfAllInstructionSetsAreMeasured() throws {
    let kernels = try rows("kernels", report(["--kernels", "--audio", "1"]))
    let products = Dictionary(grouping: kernels) {
      [$0["rows"], $0["columns"], $0["inner"]].compactMap { $0 as? Int }
    }
    #expect(products.count == 4)
    for (shape, rows) in products {
      #expect(rows.map { $0["isa"] as? String } == instructionSets, "\(shape)")
      for key in ["seconds", "gops", "sgemm_seconds", "to_sgemm"] {
        #expect(rows.allSatisfy { ($0[key] as? Double ?? 0) > 0 }, "\(key)")
      }
    }
  }

  @Test func utterancesAreReported() throws {
    let arguments = ["--utterances", "--audio", "1,2", "--count", "3"]
    for precision in [nil, "float32"] {
      let report = try report(arguments + (precision.map { ["--precision", $0] } ?? []))
      let utterances = try rows("utterances", report)
      #expect(utterances.map { $0["audio_seconds"] as? Int } == [1, 2])
      for row in utterances {
        let quickest = instructionSet == "generic" ? "float32" : "int8"
        #expect(row["precision"] as? String == precision ?? quickest)
        #expect(row["utterances"] as? Int == 3 && row["threads"] as? Int == 1)
        let times = ["median_ms", "p95_ms", "max_ms"].compactMap { row[$0] as? Double }
        #expect(times.count == 3 && times == times.sorted() && times[0] > 0)
      }
    }
  }

  @Test func runsAreCompared() throws {
    try withTemporaryFolder { folder in
      let arguments = ["--audio", "1", "--precision", "int8", "--count", "1"]
      let file = folder.appending(path: "earlier.json")
      let first = try bench(arguments + ["--json"])
      try Data(first.output.utf8).write(to: file)

      let same = try #require(
        try report(arguments + ["--compare", file.path])["comparison"] as? [String: Any])
      #expect((same["differences"] as? [String])?.isEmpty == true)
      #expect((same["only_earlier"] as? [String])?.isEmpty == true)
      #expect((same["only_now"] as? [String])?.isEmpty == true)
      let figures = try #require(same["figures"] as? [[String: Any]])
      #expect(
        figures.compactMap { $0["quantity"] as? String } == [
          "encoder_seconds", "encoder_to_sgemm", "decoder_seconds", "peak_rss_bytes",
          "ready_seconds",
        ])
      for figure in figures {
        let values = ["old", "new", "ratio"].compactMap { figure[$0] as? Double }
        try #require(values.count == 3)
        #expect(abs(values[1] / values[0] - values[2]) < 1e-9 * values[2])
      }

      // Another machine, another model, and rows that only one of both has.
      let changed = first.output.replacing("cores\"", with: "cores, once\"")
        .replacing("starter-en", with: "ender-st")
      try Data(changed.utf8).write(to: file)
      let other = try bench(
        ["--audio", "2", "--precision", "int8", "--count", "1", "--compare", file.path])
      #expect(other.code == 0)
      for part in ["machine differ", "model differ", "only then  int8, 1 threads, 1 s", "only now"]
      {
        #expect(other.output.contains(part), "\(part)")
      }
    }
  }

  /// Another build of the program; here it prints a report made before.
  @Test func programsAreMeasuredInTurn() throws {
    try withTemporaryFolder { folder in
      let (calls, other) = (folder.appending(path: "calls"), folder.appending(path: "other"))
      let arguments = ["--audio", "1", "--precision", "int8", "--threads", "1"]
      let report = try bench(arguments + ["--count", "1", "--json"]).output
      let script = """
        #!/bin/sh
        echo "$@" >> '\(calls.path)'
        cat <<'END'
        \(report.replacing(#/"ready_seconds" : \{[^}]*\}/#, with: #""ready_seconds": {"int8": 8}"#))
        END
        """
      try Data(script.utf8).write(to: other)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: other.path)

      let outcome = try bench(arguments + ["--count", "3", "--compare", other.path, "--json"])
      #expect(outcome.code == 0, "\(outcome.errors)")
      let asked = try String(contentsOf: calls, encoding: .utf8).split(separator: "\n")
      #expect(asked.count == 3 && Set(asked).count == 1)
      #expect(asked[0].hasPrefix("bench --json --count 1 --model"), "\(asked[0])")
      #expect(asked[0].hasSuffix("--precision int8 --audio 1 --threads 1"), "\(asked[0])")
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let comparison = try #require((document as? [String: Any])?["comparison"] as? [String: Any])
      let figures = try #require(comparison["figures"] as? [[String: Any]])
      #expect(figures.count == 5)
      for figure in figures {
        let ratios = try #require(figure["ratios"] as? [Double])
        #expect(ratios.count == 3 && figure["ratio"] as? Double == ratios.sorted()[1])
      }
      let ready = try #require(figures.last)
      #expect(ready["old"] as? Double == 8 && ready["new"] as? Double != 8)

      try Data("#!/bin/sh\nexit 69\n".utf8).write(to: other)
      #expect(try bench(arguments + ["--compare", other.path]).code == 69)
      try Data("#!/bin/sh\necho no\n".utf8).write(to: other)
      #expect(try bench(arguments + ["--compare", other.path]).code == 65)
    }
  }

  @Test func whatIsNoReportIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "earlier.json")
      let others = ["", "{", "[]", "{\"runs\": []}", "{\"commit\": 1}", "\u{0}\u{ff}"]
      let damaged = """
        {"commit": "a", "machine": "b", "model": "c", "isa": "d", "runs": [{"threads": [1]}]}
        """
      for text in others + [damaged] {
        try Data(text.utf8).write(to: file)
        let outcome = try bench(["--audio", "1", "--compare", file.path])
        #expect(outcome.code == 65 && outcome.output.isEmpty, "\(text)")
        #expect(outcome.errors.hasPrefix("utter: \(file.path): is no report"), "\(text)")
        #expect(outcome.errors.split(separator: "\n").count == 2, "\(text)")
      }
      #expect(try bench(["--compare", folder.appending(path: "none").path]).code == 66)
    }
  }

  @Test func tablesFitATerminal() throws {
    let outcome = try bench(["--audio", "1,2,3,4,5", "--count", "1"])
    #expect(outcome.code == 0)
    // Their heads: below them a busy machine's figures may be wider than they should be.
    let heads = outcome.output.split(separator: "\n").filter {
      $0.contains("GFLOP") || $0.contains("enc.") || $0.hasPrefix("precision")
    }
    #expect(heads.count >= 9 && heads.allSatisfy { $0.count <= 120 }, "\(heads)")
    for text in ["feed_forward", "float32, 1 threads", "int8, 1 threads", "peak RSS"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
  }

  @Test func latencyIsReported() throws {
    let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
    for (speech, precision) in [([], "int8"), (["--speech", recording], "float32")] {
      let report = try report(
        ["--latency", "--audio", "2,5", "--count", "4", "--precision", precision] + speech)
      #expect((report["runs"] as? [Any])?.isEmpty == true)
      let rows = try rows("latency", report)
      #expect(rows.map { $0["audio_seconds"] as? Int } == [2, 5])
      for row in rows {
        #expect(row["dictations"] as? Int == 4 && row["threads"] as? Int == 1)
        #expect(row["precision"] as? String == precision)
        let latencies = ["median_ms", "p95_ms", "max_ms"].compactMap { row[$0] as? Double }
        #expect(latencies.count == 3 && latencies == latencies.sorted())
        // On the virtual clock the tail takes its time, however quick the machine is: 120 ms of
        // quiet at least, and 250 ms where a voice goes on, as a made-up one always does.
        #expect(try #require(latencies.first) >= 120)
        if speech.isEmpty { #expect(try #require(latencies.last) >= 250) }
        for key in ["rtf", "busy_share", "tokens_per_second"] {
          #expect(try #require(row[key] as? Double) > 0, "\(key)")
        }
      }
    }
  }

  /// Dictations that are heard twice, in turn: without terms and rules, and with them.
  @Test func writingIsMeasuredInPairs() throws {
    let folder = try TemporaryFolder()
    let list = try folder.write(
      Array("B709\tspoken=seven zero nine\tguard=off\nuserId\n".utf8), "terms.txt")
    let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
    let report = try report([
      "--latency", "--audio", "2", "--count", "2", "--speech", recording,
      "--vocabulary", list, "--format-rules", "all",
    ])
    let rows = try rows("latency_pairs", report)
    #expect(rows.map { $0["audio_seconds"] as? Int } == [2])
    for (row, alone) in zip(rows, try self.rows("latency", report)) {
      #expect(row["pairs"] as? Int == 2)
      #expect(row["plain_median_ms"] as? Double == alone["median_ms"] as? Double)
      for key in ["written_median_ms", "written_p95_ms", "ratio", "ratio_p95", "formatting_ms"] {
        #expect(try #require(row[key] as? Double) > 0, "\(key)")
      }
    }
    let formatting = try #require(try self.rows("formatting", report).first)
    #expect(formatting["words"] as? Int == 200 && formatting["terms"] as? Int ?? 0 > 4)
    #expect(formatting["median_ms"] as? Double ?? 0 > 0)
    let table = try bench([
      "--latency", "--audio", "1", "--count", "1", "--format-rules", "numbers",
    ]).output
    #expect(table.contains("ratio") && table.contains("stepwise"))
    for (words, code) in [
      (["--vocabulary", list], 2), (["--latency", "--vocabulary", "/none.txt"], 66),
      (["--latency", "--format-rules", "all", "--compare", "/none.json"], 2),
    ] { #expect(try bench(words).code == code, "\(words)") }
  }

  @Test func latencyHasATable() throws {
    let outcome = try bench(["--latency", "--audio", "2", "--count", "1"])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("median") && outcome.output.contains(" 2 s "))
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    for arguments in [
      ["--count", "0"], ["--audio", "0"], ["--audio", "99999999999999999"], ["--kernels"],
      ["--utterances"],
    ] {
      #expect(try bench(["--latency"] + arguments).code == 2, "\(arguments)")
    }
    #expect(try CommandRunner.run(["bench", "--speech", "a.wav"]).code == 2)
    // It is large where it makes sense.
    #expect(try bench(["--write-model", "/none"]).code == 2)
    let unknown = ["bench", "--write-model", "/none", "--synthetic", "none"]
    #expect(try CommandRunner.run(unknown).errors.contains("parakeet-tdt-0.6b-v2"))
    let missing = try bench(["--latency", "--speech", "/none.wav"])
    #expect(missing.code == 66 && missing.errors.hasPrefix("utter: /none.wav:"))
  }
}
