import ArgumentParser
import Evaluation
import Foundation
import Recognition
import Service
import System
import Transcription
import Vocabulary

/// `utter vocabulary tune`: how sure the audio has to be with the user's own voice and lists.
struct VocabularyTuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune", abstract: "Find how sure the audio has to be, by your own recordings.",
    discussion: """
      Hears recordings with your lists, and finds the lowest vocabulary.floor with which terms \
      that nobody said are written no more often than --rate an hour. Recordings are those of a \
      manifest as `utter vocabulary test` reads it, in which a line without "text" counts as one \
      that says no term; without a manifest, those that the history keeps, of which nobody knows \
      the words either. So choose some in which you say other things, and take hours of them: of \
      less than one false term takes at --rate, none is allowed.

      Prints for either caution how many terms the audio wrote that nobody said, how many that \
      somebody did, the floor, and how many of both are left with it; then what was written \
      falsely, from the surest on. The setting for your caution is written with --write, or where \
      you say yes on a terminal.
      """)

  @Argument(help: "Manifest: JSON lines.", completion: .file())
  var manifest: String?

  @Option(help: "Terms an hour that may be written though nobody said them.")
  var rate = 1.0

  @Option(
    help: ArgumentHelp(
      "Terms besides those of your lists: a list by its file, or a term; may be given again.",
      valueName: "list"))
  var vocabulary: [String] = []

  @OptionGroup var engine: ModelOptions

  @Flag(help: "Write the setting into the configuration.")
  var write = false

  @Flag(help: "Print a JSON object.")
  var json = false

  /// False terms that are printed.
  private static let shown = 20

  func validate() throws {
    guard rate >= 0, rate.isFinite else {
      throw ValidationError("--rate must be a number of 0 or more")
    }
  }

  func run() throws {
    try reportingFailure {
      let writing = try Writing(vocabulary, nil)
      guard let judging = writing.judging else { throw Failure.wordsDecide }
      let loaded = try engine.load()
      guard loaded.speech.hasCTC else { throw Failure.wordsDecide(by: loaded.name) }
      let progress = ProgressBar("Listening")
      defer { progress.clear() }
      let found = try FloorFinding(
        try recordings(), writing.terms, with: Recognizer(loaded.speech)
      ) { progress.show($0) }
      progress.clear()
      let document = TuneDocument(found, rate: rate, judging: judging)
      print(json ? try document.json() : document.table(shown: Self.shown).printableLines)
      try keep(document, judging)
    }
  }

  /// The recordings to listen to.
  private func recordings() throws -> Manifest {
    if let manifest {
      return try ManifestFile.manifest(at: manifest, needsText: false)
    }
    let history = try HistoryCommand.file
    let kept = try history.entries().compactMap(history.recording).filter {
      (try? FileStatus(of: $0)) != nil
    }
    guard !kept.isEmpty else {
      throw Failure(
        "the history keeps no recordings",
        hint: "name a manifest of recordings: {\"audio_filepath\": \"a.flac\"} in a line for each",
        code: .noInput)
    }
    let lines = try kept.map { try ["audio_filepath": $0].json() }
    return try Manifest(
      jsonLines: lines.map { $0.replacing("\n", with: "") }.joined(separator: "\n"),
      path: "history", needsText: false)
  }

  /// Writes the setting where the user wants it.
  private func keep(_ document: TuneDocument, _ judging: Judging) throws {
    guard document.floor != judging.floor else { return }
    let setting = "vocabulary.floor = \(document.floor)"
    guard write || !json && isWanted(setting) else {
      if !json { tell("nothing changed", hint: "--write sets \(setting)") }
      return
    }
    try Configuration.set(
      "vocabulary.floor", to: "\(document.floor)", file: Configuration.path())
    tell("set \(setting), from \(judging.floor)", hint: "`utter config reload` tells the daemon")
  }

  /// Asks, where somebody sits there who may answer.
  private func isWanted(_ setting: String) -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    printToStandardError("Set \(setting)? [y/N] ")
    return readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
  }
}

extension Failure {
  /// Nothing to do for who asks about the audio.
  static let wordsDecide = Failure(
    "vocabulary.method: the words decide alone",
    hint: "set it to \"judged\" with `utter config set vocabulary.method judged`",
    code: .unavailable)

  /// The same because of a model.
  static func wordsDecide(by model: String) -> Failure {
    Failure(
      "\(model): the words decide alone",
      hint: "it has no CTC head beside its transducer, as starter-en has", code: .unavailable)
  }
}
