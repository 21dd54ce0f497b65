import ArgumentParser
import Audio
import Recognition
import System
import Transcription
import Vocabulary

/// `utter vocabulary learn`: what the model hears where a term is said becomes a way to say it.
struct VocabularyLearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Learn from recordings how the model hears a term.",
    discussion: """
      Each recording says the term and nothing else. Of several, the words count that most agree \
      on. They are added to the term's line as spoken=, in the list of yours that has it; a term \
      that none has goes into --list. Words that are ordinary English, unless the line has \
      guard=off, and those that say another term are refused.

      Prints, separated by tabs, the words that were heard, in how many recordings, and what \
      became of them: learned, known, english, other and that term, or fewer where more \
      recordings agree on something else. The exit code is 65 where nothing was learned.
      """)

  @Argument(help: "The term, as it is written.")
  var term: String

  @Argument(help: "Recordings of it.", completion: .file())
  var recordings: [String]

  @Option(help: ArgumentHelp("The list's name.", valueName: "name"))
  var list: String?

  @OptionGroup var engine: ModelOptions

  func run() throws {
    try reportingFailure {
      let line = try KnownLine(of: givenTerm(term), list: list)
      let heard = try heard()
      let agreed = HeardForm.agreed(heard)
      let lists = try vocabularyInForce(directory: workingDirectory(nil)).lists
      var learned = line.term
      var rows: [Row] = []
      for form in heard where !rows.contains(where: { $0.form == form }) {
        let times = heard.count { $0 == form }
        guard agreed.contains(form) else {
          rows.append(Row(form: form, times: times, verdict: "fewer"))
          continue
        }
        let objection = form.objection(to: line.term, in: lists)
        if objection == nil { learned.spoken.append(form.text) }
        rows.append(Row(form: form, times: times, verdict: Row.verdict(objection)))
      }
      for row in rows { print(row.text) }
      if learned != line.term {
        try VocabularyCommand.lists().set([learned], in: line.list)
        tell("\(line.list): \(VocabularyList.line(of: learned).printable)")
      } else if !rows.contains(where: { $0.verdict == "known" }) {
        throw nothingLearned(rows)
      }
    }
  }

  /// What the model hears in each recording.
  private func heard() throws -> [HeardForm] {
    let loaded = try engine.load()
    let recognizer = try Recognizer(loaded.speech)
    return try recordings.map { path in
      var transcriber = LongFormTranscriber(recognizer: recognizer)
      let samples = try AudioFile(path: path).readAll()
      try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
      guard let form = HeardForm(try transcriber.finish().words.map(\.text)) else {
        throw Failure(
          "\(path): nothing is heard", hint: "say the term in it, and nothing else", code: .badData)
      }
      return form
    }
  }

  private func nothingLearned(_ rows: [Row]) -> Failure {
    if rows.allSatisfy({ $0.verdict == "fewer" }) {
      return Failure(
        "\(term): each recording says something else", hint: "record it once more", code: .badData)
    }
    if rows.contains(where: { $0.verdict == "english" }) {
      return Failure(
        "\(term): is heard as ordinary English",
        hint: "where you always mean the term, `utter vocabulary add` takes it with --guard off",
        code: .badData)
    }
    return Failure(
      "\(term): is heard as another term",
      hint: "give that one more words, or the one that you say more often more --weight",
      code: .badData)
  }
}

/// What was heard, as it is printed.
private struct Row {
  let form: HeardForm
  let times: Int
  let verdict: String

  /// Columns separated by tabs.
  var text: String { "\(form.text)\t\(times)\t\(verdict)".printableLines }

  /// The word for what becomes of a form.
  static func verdict(_ objection: HeardForm.Objection?) -> String {
    switch objection {
    case nil: "learned"
    case .known: "known"
    case .english: "english"
    case .other(let term): "other \(term)"
    }
  }
}

/// A term as a list of the user's has it, or will.
private struct KnownLine {
  let term: Term
  /// The list's name.
  let list: String

  /// Looks for a term.
  ///
  /// - Parameters:
  ///   - term: The term.
  ///   - name: The list; nil for the first that has it.
  /// - Throws: Where a list has no such name, or cannot be read.
  init(of term: Term, list name: String?) throws {
    let lists = try VocabularyCommand.lists()
    let paths = if let name { [try lists.path(of: name)] } else { lists.paths }
    for path in paths where lists.paths.contains(path) {
      guard let known = try lists.list(path).terms.first(where: { $0.spelling == term.spelling })
      else { continue }
      self.term = known
      list = name ?? String(path.dropFirst(lists.folder.count + 1).dropLast(4))
      return
    }
    (self.term, list) = (term, name ?? UserLists.standard)
  }
}
