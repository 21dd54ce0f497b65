import ArgumentParser
import System

/// How a run of many recordings goes on, and what it tells.
struct RunOptions: ParsableArguments {
  @Flag(help: "Skip what an earlier run with the same --output has done.")
  var resume = false

  @Flag(
    help: "Tell by what is in a recording, and not by its time, whether it has changed since.")
  var checksum = false

  @Option(
    help: ArgumentHelp(
      "Recordings to hear at the same time, at most; they share the threads, and the longest comes "
        + "first. (default: as many as there are threads)", valueName: "count"))
  var jobs: Int?

  @Flag(help: "Stop at the first recording that fails.")
  var strict = false

  @Flag(name: [.short, .long], help: "No progress and no summary; failures are still told.")
  var quiet = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be between 1 and 1024")
    }
  }
}
