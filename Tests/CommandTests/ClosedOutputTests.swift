import Foundation
import TestSupport
import Testing

/// What a program prints and nobody gets may not look like success.
@Suite struct ClosedOutputTests {
  static let commands = [
    "--version", "transcribe --help", "help protocol", "config show", "model list",
    "model list --json", "vocabulary list",
  ]

  @Test(arguments: commands) func whoPrintsSaysThatNothingArrived(_ command: String) throws {
    let hint = "hint: check that it is open and has room"
    for (output, reason) in [("&-", "it is closed"), ("/dev/full", "No space left on device")] {
      #expect(
        try shell("\"$0\" \(command) >\(output); echo $?") == """
          69
          utter: standard output: cannot be written: \(reason)
          \(hint)

          """)
    }
    // Who does not read on knows.
    #expect(try shell("(trap '' PIPE; \"$0\" \(command); echo $? >&2) | true") == "1\n")
    #expect(try shell("\"$0\" \(command) >/dev/null; echo $?") == "0\n")
  }

  /// What went wrong before is told, too.
  @Test func whatPrintsNothingIsNotConcerned() throws {
    #expect(try shell("\"$0\" transcribe /no/such.wav >&- 2>/dev/null; echo $?") == "69\n")
    #expect(try shell("\"$0\" vocabulary lint /no/such.txt >&- 2>/dev/null; echo $?") == "66\n")
  }

  /// Runs a script and returns its standard output, and then its standard error.
  private func shell(_ script: String) throws -> String {
    let outcome = try CommandRunner.run(
      ["-c", script, CommandRunner.program.path], of: URL(fileURLWithPath: "/bin/bash"))
    return outcome.output + outcome.errors
  }
}
