import ArgumentParser
import System

/// How many recordings are heard, and what is told of that.
struct RunOptions: ParsableArguments {
  @Flag(
    help: "Tell by what is in a recording, and not by its time, whether it has changed since.")
  var checksum = false

  @Option(
    help: ArgumentHelp(
      "Recordings to hear at the same time, at most; they share the threads, and the longest comes "
        + "first. (default: as many as there are threads)", valueName: "count"))
  var jobs: Int?

  @Flag(name: [.short, .long], help: "No progress and no summary; failures are still told.")
  var quiet = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be between 1 and 1024")
    }
  }
}
