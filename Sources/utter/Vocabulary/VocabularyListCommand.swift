import ArgumentParser
import Foundation
import System
import Vocabulary

/// `utter vocabulary list`: the terms in force.
struct VocabularyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the terms in force, and where each comes from.",
    discussion: """
      Prints the spelling, the usual way to say it, and the line that has it, separated by tabs. \
      With --sources it prints the lists instead: the file, how many terms of it are in force, and \
      a number that changes with its content. A list that cannot be used is reported on standard \
      error, and the exit code is 1.
      """)

  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  @Flag(help: "Print the lists instead of their terms.")
  var sources = false

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let vocabulary = try reportingFailure {
      try vocabularyInForce(directory: workingDirectory(directory))
    }
    if sources {
      let rows = vocabulary.sources.map(SourceRow.init)
      try show(rows, rows.map(\.text))
    } else {
      let rows = vocabulary.lists.flatMap { list in
        list.entries.map { TermRow($0, file: list.file) }
      }
      try show(rows, rows.map(\.text))
    }
    let errors = vocabulary.problems.filter { $0.severity == .error }
    for error in errors { report(Failure(any: error)) }
    if !errors.isEmpty { throw ExitCode.someFailed }
  }

  /// Prints rows, as JSON or as lines.
  private func show(_ rows: some Encodable, _ lines: [String]) throws {
    print(json ? try rows.json() : lines.joined(), terminator: json ? "\n" : "")
  }
}

/// A list as it is printed.
private struct SourceRow: Encodable {
  let file: String
  let origin: String
  let terms: Int
  let hash: String
  /// Whether the file was changed and is broken.
  let outdated: Bool

  init(_ source: LoadedVocabulary.Source) {
    (file, origin, terms) = (source.name, "\(source.origin)", source.terms)
    (hash, outdated) = (source.hash, source.isOutdated)
  }

  /// A line of columns separated by tabs.
  var text: String { "\(file.printable)\t\(terms)\t\(hash)\n" }
}
