import ArgumentParser
import System

/// How a run of many recordings goes on, and what it tells.
struct RunOptions: ParsableArguments {
  @Flag(help: "Skip what an earlier run with the same --output has done.")
  var resume = false

  @Flag(help: "Stop at the first recording that fails.")
  var strict = false

  @Flag(name: [.short, .long], help: "No progress and no summary; failures are still told.")
  var quiet = false
}
