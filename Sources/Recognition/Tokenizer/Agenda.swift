/// An entry of an agenda, which knows its place.
protocol AgendaEntry {
  /// Whether this entry comes out before another one.
  func precedes(_ other: Self) -> Bool
}

/// A priority queue: a binary heap.
struct Agenda<Entry: AgendaEntry> {
  private var heap: [Entry] = []

  /// Adds an entry in O(log n).
  mutating func push(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the entry that precedes all others, in O(log n).
  mutating func pop() -> Entry? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(heap[parent]) else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
