/// A figure with its 95 % interval over clips.
package struct Figure: Encodable, Equatable, Sendable {
  /// What was found.
  package let value: Double
  /// The lower end of the interval; nil where too few draws had a value, and of a
  /// single clip.
  package let low: Double?
  /// The upper end.
  package let high: Double?

  init(value: Double, low: Double?, high: Double?) {
    (self.value, self.low, self.high) = (value, low, high)
  }

  /// The figure of all clips; nil where there is nothing to count.
  init?(_ metric: Metric, _ sum: Counts, _ bootstrap: Bootstrap) {
    guard let value = metric.value(sum) else { return nil }
    let interval = bootstrap.interval(of: metric)
    self.value = value
    low = interval?.low
    high = interval?.high
  }
}
