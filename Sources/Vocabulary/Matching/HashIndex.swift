/// Numbers by hashes that are well mixed already: open addressing, a power of two of slots.
struct HashIndex: Sendable {
  private var hashes: [UInt64]
  private var values: [Int32]
  /// Different hashes.
  private(set) var count = 0

  /// An empty one.
  init() {
    hashes = [UInt64](repeating: 0, count: 64)
    values = [Int32](repeating: 0, count: 64)
  }

  /// Makes room for so many hashes, before there are any.
  mutating func reserve(_ capacity: Int) {
    guard count == 0 else { return }
    var slots = hashes.count
    while slots < capacity * 2 { slots *= 2 }
    hashes = [UInt64](repeating: 0, count: slots)
    values = [Int32](repeating: 0, count: slots)
  }

  /// The number of a hash; nil where it has none.
  subscript(hash: UInt64) -> Int32? {
    let slot = slot(of: hash)
    return hashes[slot] == 0 ? nil : values[slot]
  }

  /// Gives a hash a number.
  ///
  /// - Returns: The number that it had before.
  @discardableResult
  mutating func set(_ hash: UInt64, to value: Int32) -> Int32? {
    if count * 2 >= hashes.count { grow() }
    let hash = hash == 0 ? 1 : hash
    let slot = slot(of: hash)
    defer { values[slot] = value }
    if hashes[slot] != 0 { return values[slot] }
    hashes[slot] = hash
    count += 1
    return nil
  }

  /// Goes through all hashes, in no order.
  func forEach(_ body: (UInt64) -> Void) {
    for hash in hashes where hash != 0 { body(hash) }
  }

  /// The slot that holds a hash, or the empty one where it belongs.
  private func slot(of hash: UInt64) -> Int {
    let hash = hash == 0 ? 1 : hash
    let mask = hashes.count - 1
    // The lower bits of FNV-1a are its worst: the upper ones join them.
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldHashes, oldValues) = (hashes, values)
    hashes = [UInt64](repeating: 0, count: oldHashes.count * 4)
    values = [Int32](repeating: 0, count: oldHashes.count * 4)
    for (index, hash) in oldHashes.enumerated() where hash != 0 {
      let slot = slot(of: hash)
      hashes[slot] = hash
      values[slot] = oldValues[index]
    }
  }
}
