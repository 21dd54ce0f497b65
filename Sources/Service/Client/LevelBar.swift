internal import Glibc

/// How loud the microphone is, drawn in one line of a terminal.
package struct LevelBar {
  /// Where the bar begins, in decibels below full scale.
  private static let floor: Float = -60
  private let width: Int

  /// A bar of so many columns, without the number behind it.
  package init(width: Int) { self.width = max(width, 1) }

  /// The line for a root mean square and a largest magnitude, 1 at full scale: `#` up to the
  /// first, `|` at the second, and that one in decibels.
  package func line(rms: Float, peak: Float) -> String {
    let filled = columns(rms)
    let mark = max(columns(peak) - 1, 0)
    let bar = (0..<width).map { $0 == mark ? "|" : $0 < filled ? "#" : "-" }.joined()
    let decibels = Int(Self.decibels(peak).rounded())
    return "[\(bar)] \(decibels) dB\(peak >= 0.99 ? " too loud" : "")"
  }

  private func columns(_ magnitude: Float) -> Int {
    let share = (Self.decibels(magnitude) - Self.floor) / -Self.floor
    return Int((share * Float(width)).rounded())
  }

  /// Decibels from the floor to 0; a measurement that is no number counts as silence.
  private static func decibels(_ magnitude: Float) -> Float {
    magnitude > 0 ? min(max(20 * log10(magnitude), floor), 0) : floor
  }
}
