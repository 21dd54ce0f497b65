/// Whether two methods differ by more than chance: approximate randomisation (Noreen, 1989).
///
/// If they did not, it would not matter which of the two wrote which text of a clip. So they are
/// exchanged in clips drawn by chance, and the result is how often that makes a difference as
/// large as the one that was seen.
enum PairedTest {
  /// Times that methods are exchanged.
  static let rounds = 10_000
  private static let seed: UInt64 = 1989

  /// The two-sided probability of such a difference by chance.
  ///
  /// - Parameters:
  ///   - metric: The figure to compare.
  ///   - first: Counts of one method, by clip.
  ///   - second: Those of the other one, for the same clips.
  /// - Returns: Between 0, excluded, and 1; nil where there are no figures.
  static func probability(_ metric: Metric, _ first: [Counts], _ second: [Counts]) -> Double? {
    var (left, right) = (Counts(), Counts())
    var differences: [Counts] = []
    for (one, other) in zip(first, second) {
      left += one
      right += other
      guard one != other else { continue }
      var difference = other
      difference -= one
      differences.append(difference)
    }
    guard let seen = difference(metric, left, right) else { return nil }
    var generator = RepeatableGenerator(seed: seed)
    var asLarge = 1
    for _ in 0..<rounds {
      var (one, other) = (left, right)
      var bits: UInt64 = 0
      for (index, difference) in differences.enumerated() {
        if index.isMultiple(of: 64) { bits = generator.next() }
        if bits & 1 << UInt64(index % 64) != 0 {
          one += difference
          other -= difference
        }
      }
      // Sums of the same shares in another order are not always the same to the bit.
      if (difference(metric, one, other) ?? 0) >= seen - 1e-9 { asLarge += 1 }
    }
    return Double(asLarge) / Double(rounds + 1)
  }

  private static func difference(_ metric: Metric, _ one: Counts, _ other: Counts) -> Double? {
    guard let first = metric.value(one), let second = metric.value(other) else { return nil }
    return abs(first - second)
  }
}
