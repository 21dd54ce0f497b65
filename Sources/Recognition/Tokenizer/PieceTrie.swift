/// Byte strings and their ids, found whole or as prefixes.
struct PieceTrie {
  /// The node of the empty string.
  static let root = 0

  private var values: [Int32] = [-1]

  // Edges in a hash table with linear probing, at most half full. A key is the parent's number and
  // the byte, plus 1, because 0 marks a free slot.
  private var keys = [UInt64](repeating: 0, count: 64)
  private var targets = [Int32](repeating: 0, count: 64)

  /// Whether no string was inserted.
  var isEmpty: Bool { values.count == 1 }

  /// Adds a string; false if it was there already.
  mutating func insert(_ bytes: [UInt8], id: Int) -> Bool {
    var node = Self.root
    for byte in bytes {
      if let next = child(of: node, byte) {
        node = next
      } else {
        node = addChild(of: node, byte)
      }
    }
    guard values[node] < 0 else { return false }
    values[node] = Int32(id)
    return true
  }

  /// The node one byte further, nil if no string goes that way.
  func child(of node: Int, _ byte: UInt8) -> Int? {
    let slot = slot(of: Self.key(node, byte))
    return keys[slot] == 0 ? nil : Int(targets[slot])
  }

  /// The id of the string that ends at a node.
  func value(at node: Int) -> Int? {
    values[node] < 0 ? nil : Int(values[node])
  }

  /// The id of exactly these bytes.
  func id(of bytes: ArraySlice<UInt8>) -> Int? {
    var node = Self.root
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard let next = child(of: node, bytes[index]) else { return nil }
      node = next
      index += 1
    }
    return value(at: node)
  }

  /// Length of the longest string that `bytes` begins with; 0 if there is none.
  func longestPrefix(of bytes: ArraySlice<UInt8>) -> Int {
    var node = Self.root
    var longest = 0
    var index = bytes.startIndex
    while index < bytes.endIndex, let next = child(of: node, bytes[index]) {
      node = next
      index += 1
      if values[node] >= 0 { longest = index - bytes.startIndex }
    }
    return longest
  }

  private mutating func addChild(of node: Int, _ byte: UInt8) -> Int {
    if values.count * 2 > keys.count { grow() }
    let key = Self.key(node, byte)
    let slot = slot(of: key)
    keys[slot] = key
    targets[slot] = Int32(values.count)
    values.append(-1)
    return values.count - 1
  }

  private mutating func grow() {
    let (oldKeys, oldTargets) = (keys, targets)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    targets = [Int32](repeating: 0, count: oldKeys.count * 2)
    for (key, target) in zip(oldKeys, oldTargets) where key != 0 {
      let slot = slot(of: key)
      keys[slot] = key
      targets[slot] = target
    }
  }

  /// Where a key is, or else the free slot where it belongs.
  private func slot(of key: UInt64) -> Int {
    // Fibonacci hashing: the upper half of the product is well mixed.
    var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private static func key(_ node: Int, _ byte: UInt8) -> UInt64 {
    (UInt64(node) << 8 | UInt64(byte)) + 1
  }
}
