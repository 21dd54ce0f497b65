import ArgumentParser
import Foundation

/// `utter doctor`: what is missing for dictation on this machine.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check everything that dictation needs.",
    discussion: """
      Prints a line for each check, and the way out where something is wrong. "warn" means that \
      something does less than it could, "fail" that dictation does not work; then the exit code \
      is 1. The microphone is opened for half a second; nothing that it hears is kept.
      """)

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let findings = Doctor(environment: ProcessInfo.processInfo.environment).findings()
    if json {
      print(try findings.json())
    } else {
      let isColored =
        isatty(STDOUT_FILENO) == 1
        && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
      for finding in findings { print(finding.text(colored: isColored)) }
    }
    if findings.contains(where: { $0.level == .fail }) { throw ExitCode.someFailed }
  }
}
