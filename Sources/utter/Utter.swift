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
      TranscribeCommand.self, WatchCommand.self, ServeCommand.self, RecordCommand.self,
      ListenCommand.self,
      TypeCommand.self, PasteCommand.self, KeepClipboardCommand.self, HotkeyCommand.self,
      StatusCommand.self, HistoryCommand.self, VocabularyCommand.self, EvaluateCommand.self,
      HearCommand.self, ModelCommand.self,
      DevicesCommand.self, AskALSACommand.self, DoctorCommand.self,
      ConfigCommand.self, BenchCommand.self, MemoryCommand.self,
    ])

  /// Parses and runs; a command line that makes no sense exits with 2.
  static func main() {
    StandardStream.reserveAll()
    reportUnprintedAtExit()
    let arguments = Arguments.spellings
    // The parser's own `help` knows commands only.
    if arguments == ["help", "protocol"] {
      return print(ProtocolArticle.text)
    }
    do {
      var command = try parse(arguments)
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      printToStandardError(fullMessage(for: error).printableLines + "\n")
      exit(withError: ExitCode.usage)
    }
  }

  /// Takes names of files that begin with a dash, as patterns of the shell give them, for files
  /// where they can be nothing else.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    do {
      return try parseAsRoot(arguments)
    } catch {
      let plain = arguments.map { $0.hasPrefix("-") && isFile($0) ? "./\($0)" : $0 }
      guard exitCode(for: error) == .validationFailure, plain != arguments,
        let command = try? parseAsRoot(plain)
      else { throw error }
      return command
    }
  }

  private static func isFile(_ path: String) -> Bool {
    path != "-" && (try? FileStatus(of: path))?.kind == .regular
  }
}
