import ArgumentParser
import Foundation
import Vocabulary

/// `utter vocabulary list`: the terms in force.
struct VocabularyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the terms in force, and where each comes from.",
    discussion: """
      Prints the spelling, the usual way to say it, and the line that has it, separated by tabs. \
      A list that cannot be used is reported on standard error, and the exit code is 1.
      """)

  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let vocabulary = VocabularyLoader().load(directory: workingDirectory(directory))
    let rows = vocabulary.lists.flatMap { list in
      list.entries.map { TermRow($0, file: list.file) }
    }
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.text) }
    }
    let errors = vocabulary.problems.filter { $0.severity == .error }
    for error in errors { report(Failure(any: error)) }
    if !errors.isEmpty { throw ExitCode.someFailed }
  }
}

/// The directory that a command works in: an absolute path.
func workingDirectory(_ directory: String?) -> String {
  let current = FileManager.default.currentDirectoryPath
  guard let directory else { return current }
  return directory.hasPrefix("/") ? directory : "\(current)/\(directory)"
}
