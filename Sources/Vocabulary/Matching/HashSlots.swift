/// Numbers by hashes, as a flat array: open addressing, a power of two of slots.
///
/// A slot holds half of a hash and a number above 0; an empty one holds 0. So two hashes may share
/// a number, though seldom: who looks one up compares what it was made of. Where a hash lies
/// depends on a seed that is drawn for each table, so that no list can be made to crowd one place.
struct HashSlots: Sendable {
  /// What places depend on.
  let seed: UInt64
  /// The slots.
  private(set) var slots: [UInt64]

  /// Numbers that a table may have: twice as many as lists can make.
  private static let mostSlots = 1 << 23

  /// An empty table.
  ///
  /// - Parameter capacity: Different hashes that it will get, at most.
  init(capacity: Int) {
    seed = .random(in: .min ... .max)
    var count = 64
    while count * 2 < capacity * 3 { count *= 2 }
    slots = [UInt64](repeating: 0, count: count)
  }

  /// A table as it was stored; nil where it is none.
  ///
  /// - Parameters:
  ///   - seed: Its seed.
  ///   - slots: Its slots.
  ///   - most: The greatest number in it, at most.
  init?(seed: UInt64, slots: [UInt64], most: Int) {
    guard slots.count.isPowerOfTwo, slots.count <= Self.mostSlots else { return nil }
    var hasRoom = false
    for slot in slots {
      let number = slot & 0xFFFF_FFFF
      // Without an empty slot nobody would ever end looking for what is not there.
      if slot == 0 { hasRoom = true } else if number == 0 || number > most { return nil }
    }
    guard hasRoom else { return nil }
    (self.seed, self.slots) = (seed, slots)
  }

  /// The number of a hash; nil where it has none.
  subscript(hash: UInt64) -> Int? {
    let slot = slots[place(of: hash)]
    return slot == 0 ? nil : Int(slot & 0xFFFF_FFFF)
  }

  /// Gives a hash a number above 0.
  ///
  /// - Returns: The number that it had before.
  @discardableResult
  mutating func set(_ hash: UInt64, to number: Int) -> Int? {
    let place = place(of: hash)
    let old = slots[place]
    slots[place] = mix(hash) & ~0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: number))
    return old == 0 ? nil : Int(old & 0xFFFF_FFFF)
  }

  /// The slot that holds a hash, or the empty one where it belongs.
  private func place(of hash: UInt64) -> Int {
    let mixed = mix(hash)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: mixed) & mask
    while slots[place] != 0, slots[place] >> 32 != mixed >> 32 { place = (place + 1) & mask }
    return place
  }

  /// Murmur's last step (Appleby): each bit of the hash and the seed changes half of the others.
  private func mix(_ hash: UInt64) -> UInt64 {
    var mixed = hash ^ seed
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }
}

extension Int {
  fileprivate var isPowerOfTwo: Bool { self > 0 && self & (self - 1) == 0 }
}
