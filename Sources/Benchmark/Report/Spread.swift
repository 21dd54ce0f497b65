/// Several measurements of the same thing.
struct Spread {
  /// The least first.
  private let values: [Double]

  /// Sorts measurements, at least one.
  init(_ values: [Double]) { self.values = values.sorted() }

  var count: Int { values.count }
  var median: Double { percentile(50) }
  var p95: Double { percentile(95) }
  var minimum: Double { values.first ?? 0 }
  var maximum: Double { values.last ?? 0 }

  /// The least value that so many percent of all do not exceed.
  private func percentile(_ percent: Int) -> Double {
    let rank = (values.count * percent + 99) / 100
    return values[max(0, rank - 1)]
  }
}
