/// Words substituted, left out and put in.
enum WordErrors {
  /// The word error rate in percent, with two digits after the point.
  static func percent(in text: String, against reference: String) -> Double {
    let (found, expected) = (text.split(separator: " "), reference.split(separator: " "))
    var distances = Array(0...found.count)
    for (row, word) in expected.enumerated() {
      var diagonal = distances[0]
      distances[0] = row + 1
      for (column, candidate) in found.enumerated() {
        let substituted = diagonal + (word == candidate ? 0 : 1)
        diagonal = distances[column + 1]
        distances[column + 1] = min(substituted, diagonal + 1, distances[column] + 1)
      }
    }
    let rate = Double(distances[found.count]) / Double(max(1, expected.count))
    return (rate * 10_000).rounded() / 100
  }
}
