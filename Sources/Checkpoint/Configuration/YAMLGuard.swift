/// Looks at a YAML text before the parser does, whose work and depth it bounds.
///
/// It knows bytes, not YAML: what looks like a bracket or an alias counts inside quotes and
/// comments too, so that nothing can be hidden from it. Configurations as NeMo writes them, in
/// block style and without anchors, stay far below the limits either way.
struct YAMLGuard {
  private let region: FileRegion
  private let name: String

  /// Looks at a text.
  ///
  /// - Parameters:
  ///   - region: Its bytes.
  ///   - name: What to call it in an error.
  init(_ region: FileRegion, name: String) { (self.region, self.name) = (region, name) }

  /// Refuses what the parser could not take in a bounded time.
  func check() throws(CheckpointError) {
    try region.require(region.count, within: .configurationBytes)
    let bytes = region.bytes
    var items = 0
    var keys = 0
    var brackets = 0
    var indentation = 0
    var isIndented = true
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "-"): items += 1
      // In braces a key may follow a comma; the parser compares all keys of a section.
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "?"): keys += 1
      case UInt8(ascii: "*"), UInt8(ascii: "&"):
        guard !mayName(place, in: bytes) else {
          throw region.forbidden("\(name) has anchors or aliases, which multiply what it holds")
        }
      case 0x85, 0xa8, 0xa9, 0xbf:
        guard !endsOddBreak(place, in: bytes) else {
          throw region.forbidden("\(name) has line ends or marks that YAML files do not need")
        }
      default: break
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (indentation, isIndented) = (0, true)
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"),
        UInt8(ascii: ":"):
        if isIndented { indentation += 1 }
      default: isIndented = false
      }
      if items > Limit.yamlItems.most || keys > Limit.yamlKeys.most
        || brackets > Limit.yamlBrackets.most || indentation > Limit.yamlIndentation.most
      {
        try region.require(items, within: .yamlItems)
        try region.require(keys, within: .yamlKeys)
        try region.require(brackets, within: .yamlBrackets)
        try region.require(indentation, within: .yamlIndentation)
      }
    }
  }

  /// Whether the parser could take `*` or `&` for the beginning of a name: it stands where a value
  /// may begin, and letters follow.
  private func mayName(_ place: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard place + 1 < bytes.count else { return false }
    switch bytes[place + 1] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      break
    default: return false
    }
    guard place > 0 else { return true }
    // A byte order mark is refused elsewhere but in front.
    return place == 3 && bytes[2] == 0xbf || " \t\n\r[{,:".utf8.contains(bytes[place - 1])
  }

  /// Whether a character ends here that YAML takes for a line end, or skips.
  ///
  /// These are U+0085, U+2028, U+2029 and, but in front, U+FEFF; NeMo escapes them.
  private func endsOddBreak(_ place: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    func precede(_ mark: [UInt8]) -> Bool {
      place >= mark.count && bytes[(place - mark.count)..<place].elementsEqual(mark)
    }
    return switch bytes[place] {
    case 0x85: precede([0xc2])
    case 0xbf: precede([0xef, 0xbb]) && place > 2
    default: precede([0xe2, 0x80])
    }
  }
}
