import ArgumentParser
import Vocabulary

/// `utter vocabulary add`: one more term.
struct VocabularyAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a term to a list, or change how it is said.")

  @Argument(help: "The term, as it is to be written.")
  var term: String

  @Option(help: ArgumentHelp("Words that say it; may be given again.", valueName: "words"))
  var spoken: [String] = []

  @Option(help: "How likely it is among terms that are said alike: 0.01 to 100.")
  var weight: Double?

  @Option(
    name: .customLong("case"),
    help: "At the beginning of a sentence: exact, or sentence for a capital.")
  var casing: String?

  @Option(name: .customLong("guard"), help: "Whether ordinary English is left alone: on or off.")
  var protection: String?

  @Option(help: ArgumentHelp("The list's name.", valueName: "name"))
  var list = UserLists.standard

  func run() throws {
    try reportingFailure {
      let term = try parsed()
      try VocabularyCommand.lists().set([term], in: list)
      // What the list accepts may still not be what its author expects.
      for problem in VocabularyLint.problems(in: [VocabularyList([term], file: self.term)]) {
        tell("\(problem.fault)", hint: problem.remedy)
      }
    }
  }

  /// The term, read as the line that it will be.
  private func parsed() throws -> Term {
    var fields = spoken.map { "spoken=\($0)" }
    if let weight { fields.append("weight=\(weight)") }
    if let casing { fields.append("case=\(casing)") }
    if let protection { fields.append("guard=\(protection)") }
    return try givenTerm(term, fields: fields)
  }
}

/// A term of the command line, read as the line that it will be.
///
/// - Parameters:
///   - spelling: The term.
///   - fields: What stands behind it.
/// - Returns: The term.
/// - Throws: `Failure` where that is no line of a list.
func givenTerm(_ spelling: String, fields: [String] = []) throws -> Term {
  let fields = [VocabularyList.line(of: Term(VocabularyList.normalized(spelling)))] + fields
  let line = VocabularyList(Array(fields.joined(separator: "\t").utf8), file: spelling)
  if let problem = line.problems.first {
    throw Failure("\(spelling): \(problem.fault)", hint: problem.remedy, code: .usage)
  }
  guard line.terms.count == 1, !fields.contains(where: { $0.contains(where: \.isNewline) }),
    !fields.contains(where: { $0.contains("\t") })
  else {
    throw Failure("\(spelling): is not one line without tabs", code: .usage)
  }
  return line.terms[0]
}
