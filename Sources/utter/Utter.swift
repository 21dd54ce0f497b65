import ArgumentParser
import Service

@main
struct Utter: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "utter", abstract: "Private dictation for Linux.", version: Program.version,
    subcommands: [
      TranscribeCommand.self, ServeCommand.self, RecordCommand.self, ListenCommand.self,
      StatusCommand.self, ModelCommand.self, DevicesCommand.self, BenchCommand.self,
    ])

  /// Parses and runs; a command line that makes no sense exits with 2.
  static func main() {
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
