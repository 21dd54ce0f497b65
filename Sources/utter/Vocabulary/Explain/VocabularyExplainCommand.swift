import ArgumentParser
import Audio
import Formatting
import Recognition
import Transcription
import Vocabulary

/// `utter vocabulary explain`: why terms are written in a recording, or are not.
struct VocabularyExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell why terms are written in a recording, or are not.",
    discussion: """
      Prints for every term that may have been said where that was, in seconds, the words that \
      were heard there, by how many nats the audio says the term better than it has to, what \
      became of it, and the part that each of its tokens has in the nats, separated by tabs; with \
      --term only for that term, however little the audio says it. Below what was not written \
      stand the lines of a list with which it would be. No \
      list is changed.
      """)

  @Argument(help: "The recording.", completion: .file())
  var audio: String

  @Option(help: "The term, as it is written; may be given again.")
  var term: [String] = []

  @Option(
    help: ArgumentHelp(
      "Terms besides those of your lists: a list by its file, or a term; may be given again.",
      valueName: "list"))
  var vocabulary: [String] = []

  @OptionGroup var engine: ModelOptions

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    try reportingFailure {
      let writing = try Writing(vocabulary, nil)
      for problem in writing.problems { tell(problem) }
      try check(writing)
      let loaded = try engine.load()
      guard let judge = writing.rules.judge(for: loaded.speech, explaining: Set(term)) else {
        throw Failure.wordsDecide(by: loaded.name)
      }
      let file = try AudioFile(path: audio)
      var transcriber = LongFormTranscriber(
        recognizer: try Recognizer(loaded.speech), judges: [judge])
      let samples = try file.readAll()
      try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
      _ = try transcriber.finish()
      let rows = rows(judge.accounts, loaded.speech, writing)
      if json { return print(try rows.json()) }
      for row in rows { print(row.text) }
      if rows.isEmpty { tell("\(audio): no term may have been said") }
    }
  }

  /// Refuses terms that nobody listed, and settings with which there is nothing to explain.
  private func check(_ writing: Writing) throws {
    for spelling in term where !writing.terms.contains(where: { $0.spelling == spelling }) {
      throw Failure(
        "\(spelling): on no list", hint: "add it with `utter vocabulary add`", code: .noInput)
    }
    guard writing.judging != nil else { throw Failure.wordsDecide }
  }

  private func rows(
    _ accounts: [TermAccount], _ model: SpeechModel, _ writing: Writing
  ) -> [ExplanationRow] {
    let seconds = Double(model.samplesPerFrame) / Double(model.sampleRate)
    let nearest = accounts.filter { account in
      // Of where a term was not said, the likeliest place is enough.
      account.isWritten
        || !accounts.contains {
          $0.spelling == account.spelling && ($0.isWritten || $0.margin > account.margin)
        }
    }
    let found = nearest.map { account in
      ExplanationRow(
        account, secondsPerFrame: seconds,
        term: writing.terms.first { $0.spelling == account.spelling })
    }
    let silent = Set(term).subtracting(accounts.map(\.spelling)).sorted().map { spelling in
      ExplanationRow(unheard: spelling, isLeftToWords: !writing.isHeard(spelling))
    }
    return found + silent
  }
}

extension Writing {
  /// Whether the audio may say a term at all.
  fileprivate func isHeard(_ spelling: String) -> Bool {
    !TermMatcher(terms.filter { $0.spelling == spelling }).phrases.isEmpty
  }
}
