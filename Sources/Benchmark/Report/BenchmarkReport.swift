internal import Checkpoint
internal import Foundation
internal import Recognition
internal import System

/// What `utter bench` found.
package struct BenchmarkReport: Encodable {
  let machine: String
  let commit: String
  let model: String
  let blas: String
  let isa: String
  /// By precision: bytes of the weights on the disk.
  let weightsBytes: [String: Int]
  /// By precision: seconds from nothing to a recogniser.
  let readySeconds: [String: Double]
  var runs: [BenchmarkRow] = [] { didSet { stages = runs.flatMap(\.stages) } }
  /// Those of all runs.
  private(set) var stages: [StageRow] = []
  var utterances: [UtteranceRow] = []
  var kernels: [KernelRow] = []
  var latency: [LatencyRow] = []
  var latencyPairs: [LatencyPairRow] = []
  var formatting: [FormattingRow] = []
  /// The report beside an earlier one.
  package var comparison: Comparison?

  /// A report without rows.
  init(_ models: BenchmarkModels, cores: Int, blas: String, isa: String) {
    machine = Self.describeMachine(cores: cores)
    commit = Self.describeCommit()
    model = models.name
    (self.blas, self.isa) = (blas, isa)
    let each = models.measured.map { ($0.precision.rawValue, $0) }
    weightsBytes = Dictionary(each.map { ($0, $1.checkpoint.totalBytes) }) { $1 }
    readySeconds = Dictionary(each.map { ($0, $1.readySeconds) }) { $1 }
  }

  private enum CodingKeys: String, CodingKey {
    case machine, commit, model, blas, isa, runs, stages, utterances, kernels, latency, formatting
    case comparison
    case latencyPairs = "latency_pairs"
    case weightsBytes = "weights_bytes"
    case readySeconds = "ready_seconds"
  }

  /// The processor's name with the number of cores that this process may use.
  private static func describeMachine(cores: Int) -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return "\(name ?? "unknown processor"), \(cores) cores"
  }

  /// The commit that the program was built from, where it still lies in its clone.
  private static func describeCommit() -> String {
    let folder = Bundle.main.executableURL?.deletingLastPathComponent().path ?? "."
    var git = Command("/usr/bin/env", ["git", "-C", folder, "describe", "--always", "--dirty"])
    git.messages = .discarded
    guard let process = try? git.start(), process.wait() == .exit(code: 0) else { return "unknown" }
    let commit = process.outputText.trimmingCharacters(in: .whitespacesAndNewlines)
    return commit.isEmpty ? "unknown" : commit
  }

  /// The tables for people.
  package var table: String {
    var head = ["machine  \(machine), \(isa) kernels, \(blas)", "model    \(model)"]
    for (precision, seconds) in readySeconds.sorted(by: { $0.key < $1.key }) {
      head.append(
        String(
          format: "%@  %.0f MB of weights, ready in %.3f s",
          precision.padding(toLength: 7, withPad: " ", startingAt: 0),
          Double(weightsBytes[precision] ?? 0) / 1e6, seconds))
    }
    func section(_ heading: String, _ lines: [String]) -> [String] {
      lines.isEmpty ? [] : [([heading] + lines).joined(separator: "\n")]
    }
    let sections =
      [head.joined(separator: "\n")] + section(BenchmarkRow.heading, runs.map(\.line))
      + StageRow.tables(runs) + section(UtteranceRow.heading, utterances.map(\.line))
      + section(KernelRow.heading, kernels.map(\.line))
      + section(LatencyRow.heading, latency.map(\.line))
      + section(LatencyPairRow.heading, latencyPairs.map(\.line))
      + section(FormattingRow.heading, formatting.map(\.line))
      + (comparison.map { [$0.table] } ?? [])
    return sections.joined(separator: "\n\n")
  }
}
