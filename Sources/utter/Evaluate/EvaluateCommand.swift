import ArgumentParser
import Evaluation
import Foundation
import System
import Transcription
import Vocabulary

/// `utter evaluate`: how well models hear one's own recordings, and what that takes.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compare models on recordings whose words are known.",
    discussion: "`utter evaluate MANIFEST` compares; `utter evaluate compare --help` tells how.",
    subcommands: [CompareCommand.self, EvaluateRecordCommand.self],
    defaultSubcommand: CompareCommand.self)
}

/// `utter evaluate compare`, or without that word: models hear the same recordings.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Let models hear the same recordings.",
    discussion: """
      A manifest has a line of JSON for each recording: {"audio_filepath": "a.flac", "text": \
      "what is said"}, relative to its folder. "offset" and "duration" choose a part, \
      "vocabulary" holds terms, "lang" names the language, and what stands in "speaker", "noise" \
      or a field of --by is counted by itself. A folder is taken with the text of each recording \
      in a file beside it that ends in .txt.

      Models, precisions, decoders, passes and vocabularies that are given more than once are all \
      combined and hear each recording by turns, in a process of their own. WER are wrong, \
      missing and added words, CER the same of characters, as jiwer counts them; with --normalizer \
      english texts are made alike first as Whisper's are. "marks" are errors of punctuation and \
      "case" wrong capitals of right words, where the manifest has them. Shares are in percent \
      with their 95 % intervals over recordings; p is the chance that exchanging two \
      configurations in recordings differs as much. p50 and p95 are times until a text is there.

      What cannot be read or heard is told and left out; then the exit code is 1. What was heard \
      is noted, so that --resume goes on where a comparison ended, or adds a model to it.
      """)

  @Argument(help: "Manifest of JSON lines, or a folder of recordings with texts.")
  var recordings: String

  @Option(
    help: ArgumentHelp(
      "The folder is that of a published set: librispeech, commonvoice (or one of its tables), "
        + "tedlium, or kaldi (a data folder).", valueName: "format"))
  var dataset: DatasetFormat?

  @OptionGroup var hearing: HearingOptions

  @Option(help: "What is made alike before texts are compared: english, basic, or none.")
  var normalizer = TextNormalizer.Rules.english

  @Option(
    help: ArgumentHelp(
      "Count recordings by this field of the manifest, too; may be given again. (default: speaker, "
        + "noise and lang)", valueName: "field"))
  var by: [String] = []

  @OptionGroup var prices: PriceOptions

  @Option(help: ArgumentHelp("Recordings with the most errors that are shown.", valueName: "count"))
  var worst = 5

  @Option(
    help: ArgumentHelp(
      "Write a report that a browser opens, with the recordings to hear in it.",
      valueName: "file"),
    completion: .file())
  var html: String?

  @Flag(help: "Take what an earlier comparison of the same recordings has heard.")
  var resume = false

  @Flag(help: "Print a JSON object, with all texts.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress; what goes wrong is still told.")
  var quiet = false

  func validate() throws {
    guard worst >= 0 else { throw ValidationError("--worst must be a number from 0") }
  }

  func run() throws {
    let isWhole = try reportingFailure { try compare() }
    if !isWhole { throw ExitCode.someFailed }
  }

  /// Compares, and returns whether everything took part.
  private func compare() throws -> Bool {
    let interruption = try InterruptGuard.watch()
    defer { withExtendedLifetime(interruption) {} }
    guard StandardStream.output.isOpen else { throw unprinted(because: Errno(EBADF)) }
    let page = try html.map(ReportFile.init)
    let prices = try self.prices.prices()
    let rules = TextNormalizer(normalizer)
    let configurations = try hearing.configurations()
    let manifest = try self.manifest()
    try check(by, in: manifest)
    let evaluated = try EvaluatedSet(manifest, terms: try hearing.commonTerms())
    evaluated.tellProblems(rules)
    let progress = ProgressBar("Hearing")
    var run = ComparisonRun(evaluated, configurations)
    let heard = try run.hear(
      try HearingJournal.of(recordings, continues: resume),
      progress: { if !quiet { progress.show($0) } })
    progress.clear()
    for problem in run.problems.dropFirst(evaluated.problems.count) { report(problem) }
    let result = ComparisonReport(
      configurations: heard.configurations, heard.recordings, rules: rules,
      by: by.isEmpty ? ["speaker", "noise", "lang", "language"] : by, prices: prices)
    try page?.write(result, evaluated, leftOut: run.problems.map(\.message))
    let document = ComparisonDocument(
      manifest: manifest.path, scores: result, leftOut: run.problems.map(\.message))
    print(json ? try document.json() : result.table(worst: worst).printableLines)
    return run.problems.isEmpty
  }

  private func manifest() throws -> Manifest {
    if let dataset { return try Dataset.manifest(dataset, at: recordings) }
    if recordings != "-", (try? FileStatus(of: recordings))?.kind == .directory {
      return try EvaluatedFolder(recordings).manifest
    }
    return try ManifestFile.manifest(at: recordings, isPatient: true)
  }

  /// Refuses a field that no line has.
  private func check(_ fields: [String], in manifest: Manifest) throws {
    for field in fields
    where !manifest.entries.contains(where: { $0.fields[field] != nil }) {
      throw EvaluationError.unknownField(path: manifest.path, field: field)
    }
  }
}

extension TextNormalizer.Rules: ExpressibleByArgument {}

/// What `utter evaluate --json` prints.
private struct ComparisonDocument: Encodable {
  let manifest: String
  let scores: ComparisonReport
  let leftOut: [String]

  private enum CodingKeys: String, CodingKey {
    case manifest, scores
    case leftOut = "left_out"
  }
}
