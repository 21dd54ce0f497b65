import ArgumentParser
import Foundation
import Synchronization
import System
import Vocabulary

/// `utter vocabulary import`: terms of a list, or of a code base.
struct VocabularyImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take over the terms of lists, or the names of a code base.",
    discussion: """
      Terms of lists go into the list that --list names. With --source the names that people \
      chose in a code base are ordered by how often they are used and how rare their words are \
      in English; names that are said like ordinary English are left out. They are printed as a \
      list to look at, or written into the list that --list names, anew each time. What git \
      ignores, other people's code, and what programs made or made small is not read.
      """)

  @Argument(help: "Lists; - reads standard input.", completion: .file())
  var files: [String] = []

  @Option(help: "The directory of a code base.", completion: .directory)
  var source: String?

  @Option(help: "Names, at most.")
  var limit = 1_000

  @Option(
    help: ArgumentHelp(
      "The list's name. (default: \(UserLists.standard), with --source none)", valueName: "name"))
  var list: String?

  @Flag(help: "Print the terms of a code base, and their uses, as JSON.")
  var json = false

  func validate() throws {
    if files.isEmpty == (source == nil) {
      throw ValidationError("name lists, or a code base with --source")
    }
    if json, source == nil { throw ValidationError("--json needs --source") }
    if json, list != nil { throw ValidationError("--json and --list exclude each other") }
    guard (1...ListLimits.terms).contains(limit) else {
      throw ValidationError("--limit must be between 1 and \(ListLimits.terms)")
    }
  }

  func run() throws {
    try reportingFailure {
      if let source { try importCode(source) } else { try importLists() }
    }
  }

  private func importLists() throws {
    let lists = try VocabularyCommand.lists()
    // All are read before the first is written.
    let terms = try files.flatMap { file in
      file == "-" ? try Self.standardInput() : try lists.list(file).terms
    }
    try lists.set(terms, in: list ?? UserLists.standard)
  }

  private static func standardInput() throws -> [Term] {
    let list = VocabularyList(try readInput("-"), file: "standard input")
    if let error = list.problems.first(where: { $0.severity == .error }) { throw error }
    return list.terms
  }

  /// The first line of a list that may be written anew.
  private static let comment = "Names of a code base, by utter vocabulary import --source."

  private func importCode(_ folder: String) throws {
    let signals = try SignalHandler([SIGINT, SIGTERM]) { _ in
      isInterrupted.store(true, ordering: .relaxed)
    }
    let progress = ProgressBar("Reading")
    defer { withExtendedLifetime(signals) { progress.clear() } }
    let files = try sourceFiles(in: folder)
    let scan = CodeBaseScan(
      files, limit: limit, progress: { progress.show($0) },
      isCancelled: { isInterrupted.load(ordering: .relaxed) })
    progress.clear()
    if isInterrupted.load(ordering: .relaxed) { throw ExitCode.interrupted }
    let terms = scan.names.map(\.term)
    if let list {
      try VocabularyCommand.lists().replace(list, with: terms, comment: Self.comment)
    } else if json {
      print(try scan.names.map(NameRow.init).json())
    } else {
      print(VocabularyList.text(of: terms), terminator: "")
    }
    tell(
      "\(terms.count) terms from \(scan.files) files with \(scan.lines) lines; "
        + "\(scan.skipped) files left out")
  }
}

/// Whether the user asked for an end.
private let isInterrupted = Atomic(false)

/// A name of a code base as JSON has it.
private struct NameRow: Encodable {
  let term: String
  let uses: Int
  let weight: Double
  let spoken: [String]

  init(_ name: CodeBaseScan.Name) {
    (term, uses, weight) = (name.spelling, name.uses, name.term.weight)
    spoken = name.term.forms.map(\.text)
  }
}
