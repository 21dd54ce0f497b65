/// Levenshtein's distance.
enum EditDistance {
  /// The least number of words to insert, delete and substitute, as jiwer counts them.
  ///
  /// An `Alignment` may have more, for it takes matches for what they are worth to NIST.
  static func words(_ reference: [String], _ hypothesis: [String]) -> Int {
    let numbers = WordNumbers(reference, hypothesis)
    return between(numbers.reference, numbers.hypothesis)
  }

  /// The same of characters, spaces between words included.
  static func characters(_ reference: String, _ hypothesis: String) -> Int {
    between(
      reference.unicodeScalars.map { Int32(bitPattern: $0.value) },
      hypothesis.unicodeScalars.map { Int32(bitPattern: $0.value) })
  }

  private static func between(_ reference: [Int32], _ hypothesis: [Int32]) -> Int {
    var row = Array(0...hypothesis.count)
    for (index, item) in reference.enumerated() {
      var diagonal = index
      row[0] = index + 1
      for (column, other) in hypothesis.enumerated() {
        let best = min(diagonal + (item == other ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = best
      }
    }
    return row[hypothesis.count]
  }
}
