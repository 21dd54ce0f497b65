import ArgumentParser
import Foundation
import Service

/// What every `record` command has.
struct RecordAnswer: ParsableArguments {
  @Flag(help: "Print the daemon's answer as JSON.")
  var json = false

  /// Asks the daemon, and prints its answer where that is wanted.
  func ask(_ request: Request, of client: DaemonClient) throws {
    let line = try client.answer(to: request)
    if json { print(try client.result(in: line)) }
  }
}

/// How a dictation is to be done.
struct RecordOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Terms to listen for.", valueName: "term"))
  var vocabulary: [String] = []

  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  @Option(help: ArgumentHelp("The language that you will speak, such as en.", valueName: "tag"))
  var language: String?

  func request(_ mode: RecordingRequest.Mode) -> RecordingRequest {
    let current = FileManager.default.currentDirectoryPath
    let path = directory.map { $0.hasPrefix("/") ? $0 : current + "/" + $0 } ?? current
    return RecordingRequest(
      mode: mode, vocabulary: vocabulary, directory: path, language: language)
  }
}
