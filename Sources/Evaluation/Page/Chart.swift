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
  /// Numbers at its ends.
  let range: ClosedRange<Double>
  /// How a number of the axis is written.
  let label: (Double) -> String
  private var marks: [String] = []
  private var height = 8.0

  /// An empty one.
  ///
  /// - Parameters:
  ///   - title: What it shows.
  ///   - axis: What it counts.
  ///   - values: Numbers that it has to show; it begins at zero.
  ///   - label: How a number of the axis is written.
  init(_ title: String, axis: String, values: [Double], label: @escaping (Double) -> String) {
    (self.title, self.axis, self.label) = (title, axis, label)
    range = 0...Self.roundMaximum(values.filter(\.isFinite).max() ?? 1)
  }

  /// A round number that is not below.
  private static func roundMaximum(_ value: Double) -> Double {
    guard value > 0 else { return 1 }
    let power = pow(10, floor(log10(value)))
    let step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].first { $0 * power >= value } ?? 10
    return step * power
  }

  /// Where a number lies.
  private func place(_ value: Double) -> Double {
    let share = (min(max(value, range.lowerBound), range.upperBound)) / range.upperBound
    return Self.left + share * (Self.right - Self.left)
  }

  private mutating func begin(_ name: String) -> Double {
    let middle = height + Self.rowHeight / 2
    height += Self.rowHeight
    if !name.isEmpty {
      marks.append(
        Markup.element(
          "text",
          [
            "x": Markup.number(Self.left - 10), "y": Markup.number(middle + 4),
            "class": "name",
          ], Markup.text(Self.shortened(name))))
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
      Markup.element(
        "text",
        [
          "x": Markup.number(isLong ? end - 6 : end + 6), "y": Markup.number(middle + 4),
          "class": isLong ? "inside" : "value",
        ], Markup.text(text)))
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

  /// Points in a plane: this axis, and another one upwards.
  mutating func add(
    points: [(name: String, x: Double, y: Double)], axis: String, label: (Double) -> String
  ) {
    let (top, space) = (height + 10, 220.0)
    height += space + 20
    let most = Self.roundMaximum(points.map(\.y).max() ?? 1)
    for tick in 0...4 {
      let value = most * Double(tick) / 4
      let level = top + space * (1 - Double(tick) / 4)
      marks.append(line(Self.left, level, Self.right, level, "grid"))
      marks.append(
        Markup.element(
          "text",
          ["x": Markup.number(Self.left - 10), "y": Markup.number(level + 4), "class": "name"],
          Markup.text(label(value))))
    }
    marks.append(
      Markup.element(
        "text", ["x": "10", "y": Markup.number(top + 4), "class": "axis"], Markup.text(axis)))
    var names: [(name: String, x: Double, y: Double)] = []
    for (index, point) in points.enumerated() {
      let (x, y) = (place(point.x), top + space * (1 - point.y / most))
      marks.append(dot(x, y, 6, "dot c\(index % Chart.colors)"))
      names.append((point.name, x, y - 8))
    }
    for name in Self.apart(names, above: top + space) {
      let isLate = name.x > Self.right - 170
      marks.append(
        Markup.element(
          "text",
          [
            "x": Markup.number(isLate ? name.x - 10 : name.x + 10), "y": Markup.number(name.y),
            "class": isLate ? "name" : "value",
          ], Markup.text(Self.shortened(name.name))))
    }
  }

  /// Names moved up or down so that none lies on another one.
  private static func apart(
    _ names: [(name: String, x: Double, y: Double)], above bottom: Double
  ) -> [(name: String, x: Double, y: Double)] {
    let lineHeight = 15.0
    var names = names.sorted { $0.y < $1.y }
    for index in names.indices.dropFirst() {
      names[index].y = max(names[index].y, names[index - 1].y + lineHeight)
    }
    var limit = bottom - 4
    for index in names.indices.reversed() {
      names[index].y = min(names[index].y, limit)
      limit = names[index].y - lineHeight
    }
    return names
  }

  /// Colours that there are.
  static let colors = 6

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
    for tick in 0...4 {
      let value = range.upperBound * Double(tick) / 4
      parts.append(line(place(value), 4, place(value), height, "grid"))
      parts.append(
        Markup.element(
          "text",
          ["x": Markup.number(place(value)), "y": Markup.number(height + 16), "class": "tick"],
          Markup.text(label(value))))
    }
    parts += marks
    parts.append(
      Markup.element(
        "text",
        [
          "x": Markup.number((Self.left + Self.right) / 2), "y": Markup.number(height + 34),
          "class": "axis middle",
        ], Markup.text(axis)))
    return Markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(Int(Self.width)) \(Int(height + 42))", "role": "img",
        "aria-label": title,
      ], Markup.element("title", Markup.text(title)) + parts.joined(separator: "\n"))
  }
}
