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
    var fields = [VocabularyList.line(of: Term(VocabularyList.normalized(term)))]
    fields += spoken.map { "spoken=\($0)" }
    if let weight { fields.append("weight=\(weight)") }
    if let casing { fields.append("case=\(casing)") }
    if let protection { fields.append("guard=\(protection)") }
    let line = VocabularyList(Array(fields.joined(separator: "\t").utf8), file: term)
    if let problem = line.problems.first {
      throw Failure("\(term): \(problem.fault)", hint: problem.remedy, code: .usage)
    }
    guard line.terms.count == 1, !(term + spoken.joined()).contains(where: \.isNewline),
      !(term + spoken.joined()).contains("\t")
    else {
      throw Failure("\(term): is not one line without tabs", code: .usage)
    }
    return line.terms[0]
  }
}
