/// Puts back in order what comes out of order.
struct InputOrder<Element> {
  private var left: ArraySlice<Int>
  private var waiting: [Int: Element?] = [:]

  /// Waits for elements.
  ///
  /// - Parameter numbers: Their numbers, in order.
  init(_ numbers: [Int]) { left = numbers[...] }

  /// Takes an element in.
  ///
  /// - Parameters:
  ///   - element: The element; nil for a number that will have none.
  ///   - number: Its number; each comes once.
  /// - Returns: The elements whose turn it is now.
  mutating func add(_ element: Element?, at number: Int) -> [Element] {
    waiting[number] = .some(element)
    var ready: [Element] = []
    while let next = left.first, let element = waiting.removeValue(forKey: next) {
      if let element { ready.append(element) }
      left.removeFirst()
    }
    return ready
  }

  /// The elements that still wait, in order: some before them never came.
  mutating func rest() -> [Element] {
    defer { waiting = [:] }
    return left.compactMap { waiting[$0] ?? nil }
  }
}
