internal import Foundation

/// A drawing of figures, as SVG: rows or points between an axis and its numbers.
struct Chart {
  /// Width in units; the page scales it.
  static let width = 720.0
  /// Where the plot begins, behind the names of rows, and where it ends.
  private static let (left, right) = (210.0, 690.0)
  private static let rowHeight = 26.0

  /// What it shows, for those who do not see it.
  let title: String
  /// What the axis counts.
  let axis: String
  private let scale: Scale
  private var marks: [String] = []
  private var height = 8.0

  /// An empty one.
  ///
  /// - Parameters:
  ///   - title: What it shows.
  ///   - axis: What it counts.
  ///   - scale: Where numbers lie, and how they are written.
  init(_ title: String, axis: String, _ scale: Scale) {
    (self.title, self.axis, self.scale) = (title, axis, scale)
  }

  /// Where a number lies.
  private func place(_ value: Double) -> Double {
    Self.left + scale.share(of: value) * (Self.right - Self.left)
  }

  private mutating func begin(_ name: String) -> Double {
    let middle = height + Self.rowHeight / 2
    height += Self.rowHeight
    if !name.isEmpty {
      marks.append(text(Self.shortened(name), Self.left - 10, middle + 4, "name"))
    }
    return middle
  }

  /// Names that would not have room lose their middle.
  private static func shortened(_ name: String) -> String {
    name.count > 32 ? "\(name.prefix(15))…\(name.suffix(16))" : name
  }

  /// A row with a figure and its interval.
  mutating func add(_ name: String, _ figure: Figure?, color: Int) {
    let middle = begin(name)
    guard let figure else { return }
    if let low = figure.low, let high = figure.high {
      marks.append(line(place(low), middle, place(high), middle, "interval c\(color)"))
      for end in [low, high] {
        marks.append(line(place(end), middle - 5, place(end), middle + 5, "interval c\(color)"))
      }
    }
    marks.append(dot(place(figure.value), middle, 5, "dot c\(color)"))
  }

  /// A row with a bar.
  ///
  /// Those without a name belong to the last that has one.
  mutating func add(bar name: String, _ value: Double?, color: Int, text: String) {
    if !name.isEmpty { height += 6 }
    let middle = begin(name)
    guard let value else { return }
    let end = place(value)
    marks.append(
      Markup.element(
        "rect",
        [
          "x": Markup.number(Self.left), "y": Markup.number(middle - 8),
          "width": Markup.number(max(1, end - Self.left)), "height": "16",
          "class": "bar c\(color)",
        ], ""))
    let isLong = end > Self.right - 60
    marks.append(
      self.text(text, isLong ? end - 6 : end + 6, middle + 4, isLong ? "inside" : "value"))
  }

  /// A row with a point for each of many values, and lines at some.
  mutating func add(values name: String, _ values: [Double], lines: [Double], color: Int) {
    let middle = begin(name)
    let sorted = values.sorted()
    // More than some hundred cannot be told apart.
    let step = max(1, sorted.count / 300)
    for value in sorted.enumerated().filter({ $0.offset.isMultiple(of: step) }).map(\.element) {
      marks.append(dot(place(value), middle, 3.5, "cloud c\(color)"))
    }
    for value in lines {
      marks.append(line(place(value), middle - 10, place(value), middle + 10, "mark"))
    }
  }

  /// Points in a plane, with numbers from 1: this axis, and another one upwards.
  mutating func add(points: [(x: Double, y: Double)], axis: String, _ upwards: Scale) {
    let (top, space) = (height + 10, 220.0)
    height += space + 20
    for tick in upwards.ticks {
      let level = top + space * (1 - upwards.share(of: tick))
      marks.append(line(Self.left, level, Self.right, level, "grid"))
      marks.append(text(upwards.label(tick), Self.left - 10, level + 4, "name"))
    }
    marks.append(text(axis, 10, top + 4, "axis"))
    for (index, point) in points.enumerated() {
      let (x, y) = (place(point.x), top + space * (1 - upwards.share(of: point.y)))
      marks.append(dot(x, y, 9, "dot c\(index % Chart.colors)"))
      marks.append(text(String(index + 1), x, y + 4, "number"))
    }
  }

  /// Colours that there are.
  static let colors = 6

  private func text(_ text: String, _ x: Double, _ y: Double, _ style: String) -> String {
    Markup.element(
      "text", ["x": Markup.number(x), "y": Markup.number(y), "class": style], Markup.text(text))
  }

  private func line(
    _ x: Double, _ y: Double, _ toX: Double, _ toY: Double, _ style: String
  ) -> String {
    Markup.element(
      "line",
      [
        "x1": Markup.number(x), "y1": Markup.number(y), "x2": Markup.number(toX),
        "y2": Markup.number(toY), "class": style,
      ], "")
  }

  private func dot(_ x: Double, _ y: Double, _ radius: Double, _ style: String) -> String {
    Markup.element(
      "circle",
      [
        "cx": Markup.number(x), "cy": Markup.number(y), "r": Markup.number(radius),
        "class": style,
      ], "")
  }

  /// The drawing, with its axis.
  var markup: String {
    var parts: [String] = []
    for tick in scale.ticks {
      parts.append(line(place(tick), 4, place(tick), height, "grid"))
      parts.append(text(scale.label(tick), place(tick), height + 16, "tick"))
    }
    parts += marks
    parts.append(text(axis, (Self.left + Self.right) / 2, height + 34, "axis middle"))
    return Markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(Int(Self.width)) \(Int(height + 42))", "role": "img",
        "aria-label": title,
      ], Markup.element("title", Markup.text(title)) + parts.joined(separator: "\n"))
  }
}
