/// Puts the readings of a spelling's parts together, the most usual combinations first.
struct ReadingSearch {
  private let readings: [Reading]
  private let limit: Int
  /// Places that can be read in several ways; those of one style count once.
  private var variables: [(places: [Int], choices: Int)] = []
  private var hasCanonical = false

  /// All forms, at most as many as the limit says.
  private(set) var forms: [SpokenForm] = []

  init(_ readings: [Reading], limit: Int) {
    self.readings = readings
    self.limit = limit
    for (index, reading) in readings.enumerated() where reading.choices.count > 1 {
      let known = reading.style.flatMap { style in
        variables.firstIndex { readings[$0.places[0]].style == style }
      }
      if let known {
        variables[known].places.append(index)
      } else {
        variables.append(([index], reading.choices.count))
      }
    }
    var choices = [Int](repeating: 0, count: readings.count)
    // A combination is the less usual, the more of its places are read otherwise than usual.
    let most = variables.reduce(0) { $0 + $1.choices - 1 }
    for distance in 0...most where forms.count < limit { search(distance, from: 0, &choices) }
  }

  /// Combines the choices of variables from one on, so that their numbers add up to the distance.
  private mutating func search(_ distance: Int, from variable: Int, _ choices: inout [Int]) {
    guard forms.count < limit else { return }
    guard variable < variables.count else {
      if distance == 0 { add(choices) }
      return
    }
    let (places, count) = variables[variable]
    for choice in stride(from: min(distance, count - 1), through: 0, by: -1) {
      for place in places { choices[place] = choice }
      search(distance - choice, from: variable + 1, &choices)
    }
    for place in places { choices[place] = 0 }
  }

  private mutating func add(_ choices: [Int]) {
    var text = ""
    text.reserveCapacity(47)
    var isLossy = false
    for (reading, index) in zip(readings, choices) {
      let choice = reading.choices[min(index, reading.choices.count - 1)]
      isLossy = isLossy || choice.isLossy
      if choice.text.isEmpty { continue }
      if !text.isEmpty { text += " " }
      text += choice.text
    }
    guard !text.isEmpty, !forms.contains(where: { $0.text == text }) else { return }
    let kind: SpokenForm.Kind =
      if isLossy { .lossy } else if hasCanonical { .alternative } else { .canonical }
    hasCanonical = hasCanonical || kind == .canonical
    forms.append(SpokenForm(text: text, kind: kind))
  }
}
