/// Levenshtein's distance.
enum EditDistance {
  /// The least number of words to insert, delete and substitute, as jiwer counts them.
  ///
  /// An `Alignment` may have more, for it takes matches for what they are worth to NIST.
  static func words(_ reference: [String], _ hypothesis: [String]) -> Int {
    let numbers = WordNumbers(reference, hypothesis)
    var row = Array(0...hypothesis.count)
    for (index, word) in numbers.reference.enumerated() {
      var diagonal = index
      row[0] = index + 1
      for (column, other) in numbers.hypothesis.enumerated() {
        let best = min(diagonal + (word == other ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = best
      }
    }
    return row[hypothesis.count]
  }
}
