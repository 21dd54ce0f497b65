import Vocabulary

/// Lists that a command names.
struct VocabularyFiles {
  /// Their terms, one list after the other.
  let terms: [Term]

  /// Terms that were read already.
  init(_ terms: [Term]) { self.terms = terms }

  /// Reads lists.
  ///
  /// - Throws: `ListProblem` about the first line that is wrong.
  init(_ paths: [String]) throws(ListProblem) {
    var terms: [Term] = []
    for path in paths { terms += try Self.terms(of: VocabularyList(contentsOf: path)) }
    self.terms = terms
  }

  /// The terms of a list.
  ///
  /// - Throws: `ListProblem` about the first line that is wrong.
  static func terms(of list: VocabularyList) throws(ListProblem) -> [Term] {
    if let problem = list.problems.first(where: { $0.severity == .error }) { throw problem }
    return list.terms
  }
}
