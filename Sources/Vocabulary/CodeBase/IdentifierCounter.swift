internal import System

/// Counts identifiers in bounded memory.
///
/// Where there are more different ones than it may keep, those that were seen least are forgotten,
/// more and more of them: what is used often stays (Misra and Gries' idea).
struct IdentifierCounter {
  private struct Entry {
    let hash: UInt64
    let start: Int32
    let length: UInt8
    var count: Int32
  }

  private var entries: [Entry] = []
  private var text: [UInt8] = []
  private var index = HashIndex()
  private let capacity: Int
  private var threshold: Int32 = 1

  /// Where hashes begin: another number in each process, so that no code base can be made to
  /// collide.
  private static let seed = UInt64.random(in: .min ... .max)

  /// Bytes of the longest identifier that is looked at.
  private static let longest = 60

  /// Counts at most so many different ones.
  init(capacity: Int) { self.capacity = capacity }

  /// Counts the identifiers of a text.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < bytes.count {
      guard Self.kinds[Int(bytes[start])] == 1 else {
        // A number is skipped with the letters that it ends with.
        if Self.kinds[Int(bytes[start])] == 2 {
          while start < bytes.count, Self.kinds[Int(bytes[start])] != 0 { start += 1 }
        } else {
          start += 1
        }
        continue
      }
      var end = start
      var hash = ContentHash(from: Self.seed)
      while end < bytes.count, Self.kinds[Int(bytes[end])] != 0 {
        hash.combine(bytes[end])
        end += 1
      }
      if (3...Self.longest).contains(end - start) {
        count(UnsafeBufferPointer(rebasing: bytes[start..<end]), hash.number)
      }
      start = end
    }
  }

  /// All identifiers that were seen at least so often, and how often.
  func counts(atLeast least: Int) -> [(name: String, count: Int)] {
    entries.lazy.filter { $0.count >= least }.map { entry in
      let start = Int(entry.start)
      let name = String(decoding: text[start..<start + Int(entry.length)], as: UTF8.self)
      return (name, Int(entry.count))
    }
  }

  private mutating func count(_ name: UnsafeBufferPointer<UInt8>, _ hash: UInt64) {
    if let known = index[hash] {
      entries[Int(known)].count += 1
      return
    }
    if entries.count == capacity { forget() }
    index.set(hash, to: Int32(entries.count))
    entries.append(
      Entry(hash: hash, start: Int32(text.count), length: UInt8(name.count), count: 1))
    text += name
  }

  /// Forgets those that were seen least, until there is room again.
  private mutating func forget() {
    let (oldEntries, oldText) = (entries, text)
    var kept = oldEntries
    while kept.count > capacity / 2 {
      kept.removeAll { $0.count <= threshold }
      threshold += 1
    }
    entries.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    index = HashIndex()
    index.reserve(capacity)
    for entry in kept {
      let start = Int(entry.start)
      index.set(entry.hash, to: Int32(entries.count))
      entries.append(
        Entry(
          hash: entry.hash, start: Int32(text.count), length: entry.length, count: entry.count))
      text += oldText[start..<start + Int(entry.length)]
    }
  }

  /// What a byte is to an identifier: 1 may begin one, 2 may go on in one, 0 neither.
  private static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): 1
    case 0x30...0x39: 2
    default: 0
    }
  }
}
