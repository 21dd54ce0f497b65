/// Finds what somebody meant who wrote something else.
///
/// - Parameters:
///   - word: What was written.
///   - candidates: What could have been meant.
/// - Returns: The nearest candidate; nil where none is near.
func neighbour(of word: String, among candidates: [String]) -> String? {
  // Longer than any name: no typing error, and the table below would be large.
  guard word.utf8.count <= 64 else { return nil }
  let nearest = candidates.map {
    (name: $0, distance: editDistance(word.lowercased(), $0.lowercased()))
  }
  .min { $0.distance < $1.distance }
  guard let nearest, nearest.distance <= max(1, nearest.name.utf8.count / 3) else { return nil }
  return nearest.name
}

/// Bytes to insert, remove, replace or swap with their neighbour to get from one word to another.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var rows = [Array(0...b.count)]
  for (i, byte) in a.enumerated() {
    let above = rows[i]
    var row = [i + 1]
    for (j, other) in b.enumerated() {
      var best = min(above[j] + (byte == other ? 0 : 1), above[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, byte == b[j - 1], a[i - 1] == other {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
