/// Writes tar archives, sound ones and others.
package struct TarWriter {
  /// The members so far, without an end mark.
  package private(set) var bytes: [UInt8] = []

  /// An archive without members.
  package init() {}

  /// Adds a member; `announced` replaces the size in its header.
  package mutating func add(
    _ name: String, _ content: [UInt8], type: Character = "0", announced: [UInt8]? = nil,
    prefix: String = ""
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    put(name, at: 0)
    put("0000644\0", at: 100)
    let octal = String(content.count, radix: 8)
    let digits = String(repeating: "0", count: 11 - octal.count) + octal
    header.replaceSubrange(124..<136, with: announced ?? Array("\(digits)\0".utf8))
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar\u{0}00", at: 257)
    put(prefix, at: 345)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The archive with its end mark.
  package var archive: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}

/// A zip archive of members, by default stored as torch does.
package func zip(
  _ members: [(name: String, content: [UInt8])], method: UInt16 = 0, wide: Bool = false
) -> [UInt8] {
  var bytes: [UInt8] = []
  var directory: [UInt8] = []
  for (name, content) in members {
    let size = wide ? UInt32.max : UInt32(content.count)
    let offset = wide ? UInt32.max : UInt32(bytes.count)
    let sizes = little(UInt64(content.count)) + little(UInt64(content.count))
    let extra =
      wide ? little(UInt16(1)) + little(UInt16(24)) + sizes + little(UInt64(bytes.count)) : []
    let names = little(UInt16(name.utf8.count))
    let common =
      little(UInt16(0)) + little(method) + little(UInt64(0)) + little(size) + little(size)
    directory += little(UInt32(0x0201_4b50)) + little(UInt32(45)) + common + names
    directory += little(UInt16(extra.count)) + little(UInt64(0)) + little(UInt16(0))
    directory += little(offset) + Array(name.utf8) + extra
    bytes += little(UInt32(0x0403_4b50)) + little(UInt16(45)) + common + names
    bytes += little(UInt16(0)) + Array(name.utf8) + content
  }
  let place = bytes.count
  bytes += directory
  if wide {
    let end = bytes.count
    bytes +=
      little(UInt32(0x0606_4b50)) + little(UInt64(44)) + little(UInt64(0)) + little(UInt32(0))
    bytes += little(UInt64(members.count)) + little(UInt64(members.count))
    bytes += little(UInt64(directory.count)) + little(UInt64(place))
    bytes +=
      little(UInt32(0x0706_4b50)) + little(UInt32(0)) + little(UInt64(end)) + little(UInt32(1))
  }
  let count = wide ? UInt16.max : UInt16(members.count)
  bytes += little(UInt32(0x0605_4b50)) + little(UInt32(0)) + little(count) + little(count)
  bytes += little(wide ? UInt32.max : UInt32(directory.count))
  bytes += little(wide ? UInt32.max : UInt32(place)) + little(UInt16(0))
  return bytes
}
