/// How well each configuration heard a recording.
package struct RecordingScores: Sendable {
  let recording: ComparedRecording
  /// What is said, as it is compared.
  let reference: [String]
  /// By configuration, what was heard, as it is compared.
  let words: [[String]]
  /// By configuration.
  package private(set) var counts: [Counts] = []

  /// Scores a recording.
  ///
  /// - Parameters:
  ///   - recording: What is said in it and what was heard.
  ///   - rules: How texts are made alike; in a language that they are not for, the basic ones.
  package init(_ recording: ComparedRecording, _ rules: TextNormalizer) {
    self.recording = recording
    let rules = rules.forLanguage(recording.entry.language)
    reference = rules.words(of: recording.entry.text)
    words = recording.heard.map { rules.words(of: $0.text) }
    let terms = ClipScores(
      Clip(
        name: recording.name, group: nil, seconds: recording.seconds,
        reference: recording.entry.text, texts: recording.heard.map(\.text),
        terms: recording.terms)
    ).counts
    for (index, words) in words.enumerated() {
      var counts = terms[index]
      counts.addWords(reference, words)
      counts.addWriting(
        WritingErrors(reference: recording.entry.text, text: recording.heard[index].text))
      self.counts.append(counts)
    }
  }

  /// How a configuration's words differ from what is said.
  func differences(_ configuration: Int) -> [WordDifference] {
    WordDifference.between(reference, words[configuration])
  }
}

extension Counts {
  /// Takes in words and characters as they are compared.
  fileprivate mutating func addWords(_ reference: [String], _ words: [String]) {
    self.words = reference.count
    (insertions, deletions, substitutions) = (0, 0, 0)
    for step in Alignment(fewestEdits: reference, words).steps {
      switch step {
      case .match: continue
      case .substitution: substitutions += 1
      case .insertion: insertions += 1
      case .deletion: deletions += 1
      }
    }
    edits = insertions + deletions + substitutions
    let said = reference.joined(separator: " ")
    characters = said.unicodeScalars.count
    characterEdits = EditDistance.characters(said, words.joined(separator: " "))
  }

  fileprivate mutating func addWriting(_ errors: WritingErrors) {
    (marks, markErrors, comparedMarks) = (errors.marks, errors.markErrors, errors.comparedMarks)
    (casedWords, caseErrors, capitals) = (errors.casedWords, errors.caseErrors, errors.capitals)
  }
}
