/// A stretch of two texts that are compared: words that are the same, or that differ.
package struct WordDifference: Encodable, Equatable, Sendable {
  /// What is said; empty for words that are put in.
  package let said: [String]
  /// What was heard; empty for words that are missing.
  package let heard: [String]

  /// Whether both are the same.
  package var isRight: Bool { said == heard }

  /// All stretches, from the first words to the last.
  static func between(_ reference: [String], _ hypothesis: [String]) -> [WordDifference] {
    var stretches: [WordDifference] = []
    var (said, heard): ([String], [String]) = ([], [])
    var wasRight = true
    func close() {
      guard !said.isEmpty || !heard.isEmpty else { return }
      stretches.append(WordDifference(said: said, heard: heard))
      (said, heard) = ([], [])
    }
    for step in Alignment(fewestEdits: reference, hypothesis).steps {
      let isRight = if case .match = step { true } else { false }
      if isRight != wasRight { close() }
      wasRight = isRight
      if let word = step.reference { said.append(reference[word]) }
      if let word = step.hypothesis { heard.append(hypothesis[word]) }
    }
    close()
    return stretches
  }
}
