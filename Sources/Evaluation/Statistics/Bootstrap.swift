/// How sure figures are: clips drawn again and again from those that there are.
struct Bootstrap {
  /// Times that clips are drawn.
  static let rounds = 1000
  private static let seed: UInt64 = 1979
  /// What lies outside the interval on either side: 95 % lie inside.
  private static let tail = 0.025

  /// The sums of every round; none for a single clip, which tells nothing of others.
  private let sums: [Counts]

  /// Draws as many clips as there are, with repetition, in every round.
  init(_ clips: [Counts]) {
    guard clips.count > 1 else {
      sums = []
      return
    }
    var generator = RepeatableGenerator(seed: Self.seed)
    sums = (0..<Self.rounds).map { _ in
      var sum = Counts()
      for _ in clips { sum += clips[Int.random(in: clips.indices, using: &generator)] }
      return sum
    }
  }

  /// The 95 % interval of a figure; nil where most rounds have none, and for a single clip.
  func interval(of metric: Metric) -> (low: Double, high: Double)? {
    let values = sums.compactMap(metric.value).sorted()
    guard values.count > Self.rounds / 2 else { return nil }
    let rank = Double(values.count - 1)
    return (
      values[Int((rank * Self.tail).rounded())], values[Int((rank * (1 - Self.tail)).rounded())]
    )
  }
}
