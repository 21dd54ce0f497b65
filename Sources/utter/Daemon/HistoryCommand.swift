import ArgumentParser
import Foundation
import Service
import System

/// `utter history`: what was dictated.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show, search, retry or clear what was dictated.",
    discussion: """
      The history is a file of JSON lines that only you can read. [history] enabled = false \
      switches it off, retention says how long it is kept.
      """,
    subcommands: [
      HistoryListCommand.self, HistorySearchCommand.self, HistoryShowCommand.self,
      HistoryRetryCommand.self, HistoryClearCommand.self,
    ],
    defaultSubcommand: HistoryListCommand.self)

  /// The user's history.
  static var file: History {
    get throws {
      let folder = try StateFolder(environment: ProcessInfo.processInfo.environment)
      try folder.requireOwn()
      return History(path: folder.history)
    }
  }

  /// Prints dictations, a line for each.
  static func show(_ entries: [HistoryEntry], asJSON: Bool) throws {
    if asJSON { return print(try entries.json()) }
    for entry in entries {
      let text = entry.outcome == .failed ? "(not transcribed)" : entry.text.printable
      print("\(entry.time.printable)\t\(entry.id.printable)\t\(text)")
    }
  }
}

/// `utter history list`: a line for each dictation.
struct HistoryListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the dictations, the newest last.",
    discussion: """
      Prints the time, the name, and the text, separated by tabs. A dictation that could not be \
      transcribed has "(not transcribed)" in place of the text; utter history retry tries again.
      """)

  @Option(help: "The newest ones, at most so many.")
  var limit: Int?

  @Flag(help: "Print a JSON array.")
  var json = false

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit must not be negative") }
  }

  func run() throws {
    let entries = try reportingFailure { try HistoryCommand.file.entries().suffix(limit ?? .max) }
    try HistoryCommand.show(Array(entries), asJSON: json)
  }
}

/// `utter history search`: the dictations in which something was said.
struct HistorySearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "List the dictations in which words were said.",
    discussion: """
      Prints those whose text has all the words, in any order, whatever their capitals, as `utter \
      history list` does. Words in quotes are looked for side by side. Exits with 1 where there is \
      none.
      """)

  @Argument(help: "The words.")
  var words: [String]

  @Option(help: "The newest ones, at most so many.")
  var limit: Int?

  @Flag(help: "Print a JSON array.")
  var json = false

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit must not be negative") }
    guard words.allSatisfy({ !$0.isEmpty }) else { throw ValidationError("A word is empty.") }
  }

  func run() throws {
    let wanted = words.map { $0.lowercased() }
    let entries = try reportingFailure {
      try HistoryCommand.file.entries().filter { entry in
        let text = entry.text.lowercased()
        return wanted.allSatisfy { text.contains($0) }
      }.suffix(limit ?? .max)
    }
    try HistoryCommand.show(Array(entries), asJSON: json)
    if entries.isEmpty { throw ExitCode.someFailed }
  }
}

/// `utter history show`: one dictation's text.
struct HistoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the text of a dictation.")

  @Argument(help: "Its name; the newest one without.")
  var id: String?

  @Flag(help: "Print all that is known of it as JSON.")
  var json = false

  func run() throws {
    let entry = try reportingFailure {
      guard let entry = try HistoryCommand.file.entries().last(where: { id ?? $0.id == $0.id })
      else { throw Failure.noDictation(id) }
      return entry
    }
    print(json ? try entry.json() : entry.text.printableLines)
  }
}

/// `utter history retry`: transcribes again what could not be.
struct HistoryRetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Let the daemon transcribe a kept recording again.")

  @Argument(help: "The dictation's name; the newest one that was not transcribed without.")
  var id: String?

  @Flag(help: "Print all that is known of it as JSON.")
  var json = false

  func run() throws {
    let entry: HistoryEntry = try reportingFailure {
      try DaemonClient().call(.retryHistory(id: id))
    }
    print(json ? try entry.json() : entry.text.printableLines)
  }
}

/// `utter history clear`: forgets.
struct HistoryClearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Forget what was dictated, and remove kept recordings.")

  @Argument(help: "The dictation's name; all of them without.")
  var id: String?

  func run() throws {
    try reportingFailure {
      var isFound = id == nil
      let history = try HistoryCommand.file
      try history.rewrite { entry in
        guard id ?? entry.id == entry.id else { return entry }
        isFound = true
        history.removeRecording(of: entry)
        return nil
      }
      if !isFound { throw Failure.noDictation(id) }
    }
  }
}

extension Failure {
  fileprivate static func noDictation(_ id: String?) -> Failure {
    Failure(
      id.map { "\($0): no such dictation" } ?? "the history is empty",
      hint: id == nil ? nil : "utter history list shows them", code: .noInput)
  }
}
