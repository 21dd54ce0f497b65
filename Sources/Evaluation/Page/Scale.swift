internal import Foundation

/// Where the numbers of an axis lie, and which of them are written.
struct Scale {
  /// Numbers at its ends.
  let range: ClosedRange<Double>
  /// Numbers that are written, both ends among them.
  let ticks: [Double]
  /// How a number is written.
  let label: (Double) -> String
  private let isLogarithmic: Bool

  /// From zero, for what is drawn as long as it is.
  static func fromZero(_ values: [Double], _ label: @escaping (Double) -> String) -> Scale {
    let step = roundStep(values.filter(\.isFinite).max() ?? 0)
    return Scale(low: 0, step: step, label)
  }

  /// Round about the values, for points.
  static func around(_ values: [Double], _ label: @escaping (Double) -> String) -> Scale {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    var step = roundStep(max(most - least, abs(most) / 10))
    var low = (least / step).rounded(.down) * step
    // Values on both sides of a round number may need more room than their difference.
    while low + 4 * step < most {
      step = roundStep(4.1 * step)
      low = (least / step).rounded(.down) * step
    }
    return Scale(low: low, step: step, label)
  }

  /// By powers of ten, for times of very different length.
  static func logarithmic(_ values: [Double], _ label: @escaping (Double) -> String) -> Scale {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let low = floor(log10(positive.min() ?? 1))
    let high = max(low + 1, ceil(log10(positive.max() ?? 1)))
    let ticks = stride(from: low, through: high, by: 1).map { pow(10, $0) }
    return Scale(range: ticks[0]...ticks[ticks.count - 1], ticks: ticks, label, true)
  }

  private init(low: Double, step: Double, _ label: @escaping (Double) -> String) {
    let ticks = (0...4).map { low + Double($0) * step }
    self.init(range: ticks[0]...ticks[4], ticks: ticks, label, false)
  }

  private init(
    range: ClosedRange<Double>, ticks: [Double], _ label: @escaping (Double) -> String,
    _ isLogarithmic: Bool
  ) {
    (self.range, self.ticks) = (range, ticks)
    (self.label, self.isLogarithmic) = (label, isLogarithmic)
  }

  /// A round number, of which four reach as far.
  private static func roundStep(_ length: Double) -> Double {
    guard length > 0 else { return 1 }
    let power = pow(10, floor(log10(length / 4)))
    return ([1, 2, 2.5, 5, 10].first { $0 * power * 4 >= length * (1 - 1e-9) } ?? 10) * power
  }

  /// How far from the lower end to the upper one a number lies; what lies beyond is at the end.
  func share(of value: Double) -> Double {
    let inside = min(max(value, range.lowerBound), range.upperBound)
    guard isLogarithmic else {
      return (inside - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return log(inside / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }
}
