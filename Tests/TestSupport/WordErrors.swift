/// Words substituted, left out and put in.
public enum WordErrors {
  /// The word error rate in percent, with two digits after the point.
  public static func percent(in text: String, against reference: String) -> Double {
    let expected = reference.split(separator: " ").map(String.init)
    let errors = count(in: text.split(separator: " ").map(String.init), against: expected)
    return (Double(errors) / Double(max(1, expected.count)) * 10_000).rounded() / 100
  }

  /// Whether a text is what the small model may hear of utterances.
  ///
  /// After one length of silence in some hundreds it hears a word otherwise, or not at all; a
  /// microphone in real time is never silent for the same length twice.
  public static func isHeard(_ text: String, of utterances: [String]) -> Bool {
    count(in: text, against: utterances.joined(separator: " ")) <= utterances.count
  }

  /// How many there are in a text.
  public static func count(in text: String, against reference: String) -> Int {
    count(
      in: text.split(separator: " ").map(String.init),
      against: reference.split(separator: " ").map(String.init))
  }

  /// How many there are.
  public static func count(in found: [String], against expected: [String]) -> Int {
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
    return distances[found.count]
  }
}
