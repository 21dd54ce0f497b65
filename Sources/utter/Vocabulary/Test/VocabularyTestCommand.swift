import ArgumentParser
import Checkpoint
import Evaluation
import Recognition
import System
import Transcription
import Vocabulary

/// `utter vocabulary test`: what lists change in recordings whose words are known.
struct VocabularyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Measure what lists do to recordings whose words are known.",
    discussion: """
      A manifest has a line of JSON for each recording: {"audio_filepath": "a.flac", "text": \
      "open userId now"}, with terms spelled as they are to be written. "offset" and "duration" \
      choose a part of the recording, "vocabulary" holds lines of a list for it alone, "text" is \
      empty where nobody speaks. A .tsv file holds Facebook's lists for LibriSpeech, whose \
      recordings are looked for below --recordings.

      Every recording is recognised without a list, and once more with one that recognition \
      favours. Then each method writes its terms: none has no list, text replaces spoken forms, \
      tree does so in what was recognised with the list, safe and eager ask the audio of what was \
      recognised without, with either caution. \
      Recall and precision count terms by place, spelled to the letter. B-WER are word errors in \
      terms that are said, U-WER those in other words. False are terms that were written and not \
      said. Damaged are words outside terms that differ from those without a list, changed the \
      recordings whose text does in any byte. Shares are in percent with their 95 % intervals \
      over recordings, drawn again 1000 times; p is the chance that exchanging a method with the \
      one before it differs as much.
      """)

  @Argument(help: "Manifest: JSON lines, or .tsv.", completion: .file())
  var manifest: String

  @Option(
    name: .customLong("vocabulary"),
    help: ArgumentHelp("A list for all recordings; more than once for several.", valueName: "list"),
    completion: .file())
  var lists: [String] = []

  @Option(
    help: "Show also how recordings fare that have the same text in this field of the manifest.")
  var by: String?

  @Option(
    help: "Folder of the recordings that a .tsv names.", completion: .directory)
  var recordings: String?

  @Option(help: "Strings of tokens that the search compares (default: it is greedy).")
  var beam: Int?

  @OptionGroup var engine: ModelOptions

  @Flag(help: "Print a JSON object, with the texts of all recordings.")
  var json = false

  func run() throws {
    try reportingFailure {
      let manifest = try ManifestFile(manifest, recordings: recordings).manifest
      try check(by, in: manifest)
      let lists = try VocabularyFiles(lists)
      let loaded = try engine.load()
      let progress = ProgressBar("Recognising")
      defer { progress.clear() }
      let test = try VocabularyTest(
        manifest, lists: lists, by: by, with: Recognizer(loaded.speech, beam: beam)
      ) { progress.show($0) }
      progress.clear()
      let document = VocabularyTestDocument(
        test, manifest: manifest.path, model: loaded.name,
        precision: loaded.speech.precision.rawValue, lists: self.lists)
      print(json ? try document.json() : document.table.printableLines)
    }
  }

  /// Refuses a field that no line has.
  private func check(_ field: String?, in manifest: Manifest) throws {
    guard let field else { return }
    guard manifest.entries.contains(where: { $0.fields[field] != nil }) else {
      throw EvaluationError.unknownField(path: manifest.path, field: field)
    }
  }
}
