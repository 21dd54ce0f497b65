import ArgumentParser
import Foundation
import Service
import System
import Vocabulary

/// `utter vocabulary suggest`: what was dictated and came out wrong for want of a term.
struct VocabularySuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Tell what your lists lack, by what you dictated.",
    discussion: """
      Reads the history and prints, for each suggestion, how often the words were heard, the term, \
      and the words, separated by tabs, and in a line of its own the command that would add it. \
      Suggested are names of the code that were said and are on no list, and terms of your lists \
      of whose words one came out as another that is like it. What is ordinary English is not \
      suggested. No list is changed.
      """)

  @Option(
    help: """
      The directory of a code base. (default: the repository that you work in, where there is one)
      """, completion: .directory)
  var source: String?

  @Option(help: "Suggestions, at most.")
  var limit = 20

  @Flag(help: "Print a JSON array.")
  var json = false

  /// Dictations that are looked at, the newest ones.
  private static let dictations = 2_000

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    try reportingFailure {
      let entries = try HistoryCommand.file.newest(Self.dictations) { $0.outcome != .failed }
      let vocabulary = try vocabularyInForce(directory: workingDirectory(nil))
      let suggestions = VocabularySuggestions(
        texts: entries.map { $0.raw ?? $0.text }, vocabulary: vocabulary, names: try names())
      let folder = try VocabularyCommand.lists().folder
      let rows = suggestions.all.prefix(limit).map { SuggestionRow($0, lists: folder) }
      if json { return print(try rows.json()) }
      for row in rows { print(row.text) }
      if rows.isEmpty {
        tell("nothing to suggest in \(entries.count) dictations")
      }
    }
  }

  /// Names of the code base.
  private func names() throws -> [CodeBaseScan.Name] {
    let folder =
      source ?? SourceFiles.repository(above: workingDirectory(nil), home: try? UserFolders().home)
    guard let folder else { return [] }
    let progress = ProgressBar("Reading")
    defer { progress.clear() }
    let files = try sourceFiles(in: folder)
    return CodeBaseScan(files, limit: ListLimits.terms, progress: { progress.show($0) }).names
  }
}

/// A suggestion as it is printed.
private struct SuggestionRow: Encodable {
  let kind: String
  let term: String
  let heard: String
  let times: Int
  /// The list that has the term.
  let file: String?
  let command: String

  init(_ suggestion: VocabularySuggestion, lists folder: String) {
    (kind, term) = (suggestion.kind.rawValue, suggestion.term.spelling)
    (heard, times, file) = (suggestion.heard, suggestion.times, suggestion.file)
    command = Self.command(suggestion, folder)
  }

  /// Columns separated by tabs, and the command.
  var text: String {
    "\(times)\t\(term.printable)\t\(heard.printable)\n\t\(command.printable)"
  }

  /// The command that writes the term's line, with all that stands there already.
  private static func command(_ suggestion: VocabularySuggestion, _ folder: String) -> String {
    let term = suggestion.term
    var words = ["utter", "vocabulary", "add"]
    for form in term.spoken { words += ["--spoken", form] }
    if term.weight != 1 { words += ["--weight", "\(term.weight)"] }
    if term.casing != .automatic { words += ["--case", term.casing.rawValue] }
    if term.guard != .automatic { words += ["--guard", term.guard.rawValue] }
    // Lists elsewhere are not changed by commands: what they lack goes into the user's own.
    if let file = suggestion.file, file.hasPrefix("\(folder)/"), file.hasSuffix(".txt") {
      let name = String(file.dropFirst(folder.count + 1).dropLast(4))
      if name != UserLists.standard { words += ["--list", name] }
    }
    if term.spelling.hasPrefix("-") { words.append("--") }
    return (words + [term.spelling]).map(quoted).joined(separator: " ")
  }
}

/// A word as a shell reads it.
private func quoted(_ word: String) -> String {
  let isPlain =
    !word.isEmpty
    && word.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "-_./:+@".utf8.contains($0)
    }
  return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
