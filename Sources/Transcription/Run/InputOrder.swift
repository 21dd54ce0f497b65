/// Puts back in order what comes out of order.
struct InputOrder<Element> {
  private var next = 1
  private var waiting: [Int: Element?] = [:]

  /// Takes an element in.
  ///
  /// - Parameters:
  ///   - element: The element; nil for a number that will have none.
  ///   - number: Its place, from 1; each comes once.
  /// - Returns: The elements whose turn it is now.
  mutating func add(_ element: Element?, at number: Int) -> [Element] {
    waiting[number] = .some(element)
    var ready: [Element] = []
    while let element = waiting.removeValue(forKey: next) {
      if let element { ready.append(element) }
      next += 1
    }
    return ready
  }

  /// The elements that still wait, in order: some before them never came.
  mutating func rest() -> [Element] {
    defer { waiting = [:] }
    return waiting.sorted { $0.key < $1.key }.compactMap(\.value)
  }
}
