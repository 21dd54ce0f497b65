import ArgumentParser
import Service
import System

@main
struct Utter: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "utter", abstract: "Private dictation for Linux.",
    discussion: "`utter help protocol` tells what clients say to the daemon.",
    version: Program.version,
    subcommands: [
      TranscribeCommand.self, ServeCommand.self, RecordCommand.self, ListenCommand.self,
      TypeCommand.self, PasteCommand.self, KeepClipboardCommand.self, HotkeyCommand.self,
      StatusCommand.self, HistoryCommand.self, VocabularyCommand.self, ModelCommand.self,
      DevicesCommand.self, AskALSACommand.self, DoctorCommand.self,
      ConfigCommand.self, BenchCommand.self, MemoryCommand.self,
    ])

  /// Parses and runs; a command line that makes no sense exits with 2.
  static func main() {
    StandardStream.reserveAll()
    // The parser's own `help` knows commands only.
    if CommandLine.arguments.dropFirst().elementsEqual(["help", "protocol"]) {
      return print(ProtocolArticle.text)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      printToStandardError(fullMessage(for: error) + "\n")
      exit(withError: ExitCode.usage)
    }
  }
}
