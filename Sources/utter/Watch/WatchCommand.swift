import ArgumentParser
import Foundation
import Service
import System
import Transcription

/// `utter watch`: recordings to text as they appear.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Write down what is said in recordings as they appear in a folder.",
    discussion: """
      Hears what is in the folder and in folders in it, and then what is copied or moved there, \
      each recording once and as soon as it is whole. What was done is noted, so that it goes on \
      where it was when it is started again. Ends on Ctrl-C and SIGTERM.
      """)

  @Argument(help: "The folder.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Look at the folder so often instead of letting the system tell what appears in it. "
        + "(default: 10, and only where the system cannot tell)", valueName: "seconds"))
  var poll: Double?

  @OptionGroup var outputs: OutputOptions

  @OptionGroup var manners: RunOptions

  @OptionGroup var hearing: TranscriptionOptions

  func validate() throws {
    guard let output = outputs.output else {
      throw ValidationError("watch needs --output, such as '{folder}/{stem}.{format}'")
    }
    if output.contains("{number}") {
      throw ValidationError("{number} tells nothing of recordings that come one by one")
    }
    if let poll, !(0.1...86_400).contains(poll) {
      throw ValidationError("--poll must be between 0.1 and 86400")
    }
  }

  func run() throws { try reportingFailure { try watch() } }

  private func watch() throws {
    // The transcripts are what counts; whoever reads lines of JSON may go.
    SignalHandler.ignore(SIGPIPE)
    // Never released: nothing else ends this.
    _ = Unmanaged.passRetained(try InterruptGuard.watch([SIGINT, SIGTERM]))
    let template = try outputs.template(for: InputCollection())
    let watched = try WatchedFolder(folder, lookingEvery: poll.map { .seconds($0) }) {
      tell($0.sentence(of: folder))
    }
    var runs = WatchedRuns(
      watched, template,
      try outputs.journal(
        ofWatched: folder, readsContents: manners.checksum,
        means: try hearing.means(try hearing.writing(), outputs)), self)
    let idle = try Configuration.load().model.idleUnload
    while true {
      let found = watched.next(within: runs.isModelLoaded ? idle : nil)
      if found.isEmpty { runs.dropModel() } else { try runs.transcribe(found) }
    }
  }
}

extension WatchedFolder.Notice {
  /// What happened to a folder, for the user.
  fileprivate func sentence(of folder: String) -> String {
    switch self {
    case .gone: "\(folder): is gone; waits for it"
    case .back: "\(folder): is there again"
    case .polls(let interval, let reason):
      "\(folder): is looked at every \(Int(interval / .seconds(1))) s: \(reason)"
    case .unreadable(let folder, let reason): "\(folder): cannot be read: \(reason)"
    }
  }
}
