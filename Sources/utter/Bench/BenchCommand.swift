import ArgumentParser
import Benchmark
import Checkpoint
import Formatting
import Kernels
import Recognition
import System
import Vocabulary

/// `utter bench`: speed and memory of a model on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure speed, memory and latency on this machine.",
    discussion: """
      Recognises audio of several lengths in both precisions and prints medians. In turn with \
      them, OpenBLAS alone computes the encoder's matrix products in float32: "sgemm" is its rate, \
      "ratio" the encoder's time in units of its time, round by round, "pack" the part of the \
      encoder's time in which activations become the integers that products read, and "other" the \
      part that has nothing to do with products. Peak memory is that of a process of its own. Then \
      follow what each stage takes in the round with the median time, how long short utterances \
      take from their end to the text, and the rates of the int8 kernels of every instruction set \
      on one thread. With --audio, only recognition is measured, with those lengths.

      With --latency it dictates instead, and prints how long after key-up the text is there. \
      Nobody speaks: audio arrives on a virtual clock, on which computing takes its real time. \
      The key goes up in the middle of words, at their ends and in pauses. With --vocabulary or \
      --format-rules each dictation is heard twice, in turn: plain, and written with those terms \
      and rules. "ratio" is the one time divided by the other, pair by pair; then follows what it \
      takes to write 200 words.

      With --synthetic the weights are random and the shapes those of a released model, so that \
      nothing needs to be downloaded. They are written once to $XDG_CACHE_HOME/utter/synthetic. A \
      stored model of float weights is rounded to int8 whenever it is loaded; the time until it is \
      ready and its memory include that.
      """)

  @Option(
    help: ArgumentHelp(
      "Model to measure: a name, a folder or a .nemo file (default: that of the "
        + "configuration).", valueName: "model"))
  var model: String?

  @Option(help: "Measure random weights in the shapes of this model instead.")
  var synthetic: String?

  @Option(help: "Only this precision. (default: all; with --utterances, --latency the quickest)")
  var precision: EnginePrecision?

  @Option(
    help: ArgumentHelp(
      "Lengths of audio, in seconds. (default: 5,10,30,120; with --utterances 2,5,15, with "
        + "--kernels 10,120, with --latency 5,15,60,180)"))
  var audio: IntegerList?

  @Option(
    help: "Numbers of threads. (default: 1 and all physical cores; of a part alone only these)")
  var threads: IntegerList?

  @Flag var part: BenchmarkPart?

  @Option(
    help: ArgumentHelp(
      "Rounds, utterances or dictations of each length; of two programs, pairs of runs with one of "
        + "each. (default: 20, and as many rounds as half a minute allows, up to 9; 5 pairs)"))
  var count: Int?

  @Option(help: "Recording to dictate with --latency. (default: sounds in the rhythm of speech)")
  var speech: String?

  @Option(
    help: ArgumentHelp(
      "Hear each dictation of --latency again, with the terms of this list; may be given again.",
      valueName: "list"))
  var vocabulary: [String] = []

  @Option(
    help: ArgumentHelp(
      "Hear each dictation of --latency again, with these rules: names of the section format with "
        + "commas between them, all, or none.", valueName: "rules"))
  var formatRules: FormattingRuleList?

  @Option(
    help: ArgumentHelp(
      "Set the figures beside those of an earlier run: what it printed with --json. Or another "
        + "build of this program: both are measured in turn.", valueName: "report|program"))
  var compare: String?

  @Option(
    help: ArgumentHelp(
      "Measure nothing, but write the model of --synthetic into this folder, with --precision int8 "
        + "rounded, and print its path. (default: \(Self.usualLayout))", valueName: "folder"))
  var writeModel: String?

  @Flag(help: "Print a JSON object.")
  var json = false

  private static let usualLayout = "parakeet-tdt-0.6b-v2"
  private static let pairs = 5
  /// Seconds of audio that are measured at most.
  static let longest = 3_600

  func validate() throws {
    if model != nil && synthetic != nil {
      throw ValidationError("--model and --synthetic exclude each other")
    }
    if let count, !(1...10_000).contains(count) {
      throw ValidationError("--count must be 1 to 10000")
    }
    if audio?.values.contains(where: { $0 > Self.longest }) == true {
      throw ValidationError("--audio takes up to \(Self.longest) seconds")
    }
    if isWritten {
      guard part == .latency else {
        throw ValidationError("--vocabulary and --format-rules go with --latency")
      }
      if compare != nil {
        throw ValidationError("--compare goes without --vocabulary and --format-rules")
      }
    }
    if writeModel != nil {
      guard model == nil, part == nil, compare == nil, audio == nil, threads == nil, count == nil
      else { throw ValidationError("--write-model goes with --synthetic and --precision") }
    }
    if speech != nil && part != .latency { throw ValidationError("--speech goes with --latency") }
  }

  func run() throws {
    try reportingFailure {
      do {
        if let writeModel { try write(into: writeModel) } else { try measure() }
      } catch BenchmarkError.failed(_, let code) {
        throw ExitCode(code)
      }
    }
  }

  /// Writes a model of random weights, and prints its path.
  private func write(into folder: String) throws {
    let path = try BenchmarkModels.write(
      synthetic: synthetic ?? Self.usualLayout, precision: precision?.precision ?? .float32,
      in: folder
    ) { printToStandardError("\($0)\n") }
    try printAtOnce(path.utf8)
  }

  private func measure() throws {
    let progress = ProgressBar("Measuring")
    defer { progress.clear() }
    if let other = compare.flatMap(OtherProgram.init(path:)) {
      let comparison = try other.comparison(arguments, pairs: count ?? Self.pairs) {
        progress.show($0)
      }
      progress.clear()
      return print(json ? try ["comparison": comparison].json() : comparison.table.printableLines)
    }
    let earlier = try compare.map(ReportFigures.init(file:))
    let cores = Team.physicalCores
    let models = try models(threads: cores)
    let plan = BenchmarkPlan(
      part: part, lengths: audio?.values, threads: threads?.values, count: count, speech: speech,
      writing: try writing())
    var report = try plan.measure(models, cores: cores) { progress.show($0) }
    progress.clear()
    report.comparison = try earlier.map {
      Comparison((earlier: $0, now: try ReportFigures(report)))
    }
    print(json ? try report.json() : report.table.printableLines)
  }

  /// The same command for one of two programs: one round, and a report in JSON.
  private var arguments: [String] {
    let options = [
      ("--model", model), ("--synthetic", synthetic),
      ("--precision", precision?.precision.rawValue),
      ("--audio", audio?.defaultValueDescription), ("--threads", threads?.defaultValueDescription),
      ("--speech", speech),
    ]
    return ["bench", "--json", "--count", "1"] + (part.map { ["--\($0.rawValue)"] } ?? [])
      + options.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }

  private var isWritten: Bool { !vocabulary.isEmpty || formatRules != nil }

  /// How dictations are written that are heard again; nil where none are.
  private func writing() throws -> BenchmarkWriting? {
    guard isWritten else { return nil }
    let terms = try VocabularyFiles(vocabulary).terms
    let rules = FormattingRules(
      FormattingSettings(rules: formatRules?.rules ?? []),
      terms: terms.isEmpty ? nil : TermMatcher(terms))
    // Of all parts of the list some.
    let some = stride(from: 0, to: terms.count, by: terms.count / 20 + 1)
    return BenchmarkWriting(rules, spoken: some.compactMap { terms[$0].forms.first?.text })
  }

  private func models(threads: Int) throws -> BenchmarkModels {
    let precision = precision?.precision
    guard let synthetic else {
      return try BenchmarkModels(
        model: try model ?? defaultModel(), precision: precision, threads: threads)
    }
    return try BenchmarkModels(synthetic: synthetic, precision: precision, threads: threads) {
      printToStandardError("\($0)\n")
    }
  }
}
