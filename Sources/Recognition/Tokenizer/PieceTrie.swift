/// Byte strings and their ids, found whole or as prefixes.
struct PieceTrie {
  /// The node of the empty string.
  static let root = 0

  private var children: [UInt64: Int32] = [:]
  private var values: [Int32] = [-1]

  /// Whether no string was inserted.
  var isEmpty: Bool { values.count == 1 }

  /// Adds a string; false if it was there already.
  mutating func insert(_ bytes: [UInt8], id: Int) -> Bool {
    var node = Self.root
    for byte in bytes {
      if let next = child(of: node, byte) {
        node = next
      } else {
        children[Self.key(node, byte)] = Int32(values.count)
        node = values.count
        values.append(-1)
      }
    }
    guard values[node] < 0 else { return false }
    values[node] = Int32(id)
    return true
  }

  /// The node one byte further, nil if no string goes that way.
  func child(of node: Int, _ byte: UInt8) -> Int? {
    children[Self.key(node, byte)].map(Int.init)
  }

  /// The id of the string that ends at a node.
  func value(at node: Int) -> Int? {
    values[node] < 0 ? nil : Int(values[node])
  }

  /// The id of exactly these bytes.
  func id(of bytes: ArraySlice<UInt8>) -> Int? {
    var node = Self.root
    for byte in bytes {
      guard let next = child(of: node, byte) else { return nil }
      node = next
    }
    return value(at: node)
  }

  /// Length of the longest string that `bytes` begins with; 0 if there is none.
  func longestPrefix(of bytes: ArraySlice<UInt8>) -> Int {
    var node = Self.root
    var longest = 0
    for (index, byte) in bytes.enumerated() {
      guard let next = child(of: node, byte) else { break }
      node = next
      if values[node] >= 0 { longest = index + 1 }
    }
    return longest
  }

  private static func key(_ node: Int, _ byte: UInt8) -> UInt64 {
    UInt64(node) << 8 | UInt64(byte)
  }
}
