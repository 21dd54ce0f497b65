import ArgumentParser
import Checkpoint
import Foundation
import Models
import Recognition
import System
import Vocabulary

/// `utter vocabulary lint`: what will not do what its author expects.
struct VocabularyLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check lists for mistakes and for words that mean two things.",
    discussion: """
      Prints FILE:LINE:COLUMN, what is wrong, and a remedy. Errors are lines that make no sense, \
      for which the whole list is not used, and terms that the model has no letters for; the exit \
      code is 65 then, and with --strict after warnings too.
      """)

  @Argument(help: "Lists; by default those that are in force.", completion: .file())
  var files: [String] = []

  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  @Option(
    help: ArgumentHelp(
      "Model whose letters count, by name or path (default: that of the configuration).",
      valueName: "model"))
  var model: String?

  @Flag(help: "Let warnings count as errors.")
  var strict = false

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let problems = try reportingFailure { try self.problems() }
    if json {
      print(try problems.map(ProblemRow.init).json())
    } else {
      for problem in problems {
        print("\(problem.severity.rawValue): \(problem.description.printable)")
        if let remedy = problem.remedy { print("  \(remedy.printable)") }
      }
    }
    if problems.contains(where: { strict || $0.severity == .error }) { throw ExitCode.badData }
  }

  private func problems() throws -> [ListProblem] {
    let pieces = try pieces()
    if !files.isEmpty {
      let lists = try files.map { try VocabularyList(contentsOf: $0) }
      return VocabularyLint.problems(in: lists, pieces: pieces)
    }
    let vocabulary = try vocabularyInForce(directory: workingDirectory(directory))
    // Nobody wrote the automatic ones.
    let lists = zip(vocabulary.lists, vocabulary.sources).filter { $1.origin != .automatic }
      .map(\.0)
    return vocabulary.problems + VocabularyLint.problems(in: lists, pieces: pieces)
  }

  /// How a model cuts words; without one, every word can be written.
  private func pieces() throws -> (String) -> Int? {
    let tokenizer: Tokenizer
    do {
      tokenizer = try Tokenizer(model: ModelStore().open(model ?? defaultModel()).tokenizerModel)
    } catch {
      if model != nil { throw error }
      tell("letters are not checked: \(Failure(any: error).message)")
      return { $0.split(separator: " ").count }
    }
    return { text in
      let ids = tokenizer.encode(text)
      // What the model lacks comes back as something else.
      return tokenizer.decode(ids) == text ? ids.count : nil
    }
  }
}

/// A problem as JSON has it.
private struct ProblemRow: Encodable {
  let severity: String
  let file: String
  let line: Int
  let column: Int
  let message: String
  let remedy: String?

  init(_ problem: ListProblem) {
    severity = problem.severity.rawValue
    (file, line, column) = (problem.file, problem.line, problem.column)
    (message, remedy) = (problem.fault, problem.remedy)
  }
}
