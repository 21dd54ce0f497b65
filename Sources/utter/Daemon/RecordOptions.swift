import ArgumentParser
import Desktop
import Formatting
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
  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  @Option(
    parsing: .upToNextOption,
    help: "Terms for this dictation: lists by their files, or terms as lists have them.")
  var vocabulary: [String] = []

  @Option(
    help: ArgumentHelp(
      "The table of format.profiles that counts: terminal, editor or chat; by default that of the "
        + "focused window, where one has it among its windows."))
  var profile: FormattingProfile?

  // What is not there yet is refused by its name, so that nobody takes it for a spelling mistake.
  @Option(help: .hidden)
  var language: String?

  func validate() throws {
    if language != nil { throw ValidationError("--language is not there yet; leave it out.") }
  }

  /// Connects to the daemon, and makes a request ready for it.
  ///
  /// - Parameter body: Gets both.
  /// - Throws: `Failure` about a list that cannot be used; where no daemon listens; what the body
  ///   throws.
  func withRequest(_ body: (RecordingRequest, DaemonClient) throws -> Void) throws {
    let focus = profile == nil ? FocusLookup.forDictation() : nil
    let client = try DaemonClient()
    var request = RecordingRequest(
      directory: workingDirectory(directory), vocabulary: try GivenVocabulary(vocabulary).lines,
      profile: profile)
    if let focus { request.goInto(focus.window) }
    try body(request, client)
  }
}
