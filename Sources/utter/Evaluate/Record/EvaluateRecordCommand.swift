import ArgumentParser
import Evaluation
import Service
import System

/// `utter evaluate record`: a test set of one's own voice.
struct EvaluateRecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Read sentences aloud, as a test set of your own.",
    discussion: """
      Shows sentences one by one, records how you read them, and writes FOLDER/manifest.jsonl, \
      which `utter evaluate` takes. What is recorded already is passed over, so that you can go on \
      later. Recordings are files on this machine that nobody but you may read.

      There are sentences with names of programs, numbers, commands and prose, for about five \
      minutes. A file of your own has a sentence a line; terms in it, with their spelling, may \
      follow it with tabs between them.
      """)

  @Argument(help: "Folder for the recordings and their manifest.", completion: .directory)
  var folder: String

  @Option(help: "Your own sentences, a line each.", completion: .file())
  var sentences: String?

  @Option(help: "Who reads, for the manifest.")
  var speaker: String?

  @Option(help: "Microphone, by ALSA's name. (default: that of the configuration)")
  var device: String?

  /// Bytes of the largest list of sentences.
  private static let largest = 16 << 20

  func run() throws {
    try reportingFailure {
      let sentences = try chosen()
      let session = ReadingSession(
        device: try device ?? Configuration.load().audio.device, speaker: speaker,
        answers: try AnswerReader())
      var folder = try TestSetFolder(folder)
      try session.record(sentences, into: &folder)
    }
  }

  private func chosen() throws -> [Sentence] {
    guard let sentences else { return Sentence.builtIn }
    let hint = "name a file with a sentence a line"
    guard sentences != "-" else {
      throw ValidationError("--sentences needs a file: standard input is for your answers")
    }
    let bytes = try requireInput(sentences, limit: Self.largest, hint: hint)
    let list = Sentence.list(String(decoding: bytes, as: UTF8.self))
    guard !list.isEmpty else {
      throw Failure("\(sentences): holds no sentences", hint: hint, code: .badData)
    }
    return list
  }
}
