/// The stored members of a zip archive, located inside the mapped file.
///
/// Reads the central directory, zip64 included. PyTorch stores members uncompressed, which is what
/// lets tensors be used in place; anything else is refused.
package struct ZipArchive: Sendable {
  /// Contents by name.
  package private(set) var members: [String: FileRegion] = [:]

  private static let localSignature: UInt32 = 0x0403_4b50
  private static let entrySignature: UInt32 = 0x0201_4b50

  /// Whether bytes start like a zip archive.
  static func recognises(_ region: FileRegion) -> Bool {
    region.bytes.starts(with: [0x50, 0x4b, 0x03, 0x04])
  }

  /// Reads the directory, not the contents.
  package init(_ region: FileRegion) throws(CheckpointError) {
    let directory = try ZipDirectory(region)
    var reader = ByteReader(directory.region, subject: "the zip directory")
    // An entry takes 46 bytes at least, so the loop is bounded by the bytes there are.
    for _ in 0..<directory.entries {
      let entry = try Self.entry(&reader)
      guard entry.flags & 1 == 0 else {
        throw region.malformed("\(entry.name) is encrypted")
      }
      guard entry.method == 0, entry.compressed == entry.size else {
        throw .unsupported(path: region.file.path, .compression(member: entry.name))
      }
      let content = try Self.locate(entry, in: region)
      guard members.updateValue(content, forKey: entry.name) == nil else {
        throw region.malformed("the weights hold \(entry.name) twice")
      }
    }
  }

  private struct Entry {
    var name: String
    var flags: UInt16
    var method: UInt16
    var compressed: Int
    var size: Int
    var header: Int
  }

  private static func entry(_ reader: inout ByteReader) throws(CheckpointError) -> Entry {
    guard try reader.integer(UInt32.self) == entrySignature else {
      throw reader.region.malformed("the zip directory is damaged")
    }
    try reader.skip(4)  // versions
    let flags = try reader.integer(UInt16.self)
    let method = try reader.integer(UInt16.self)
    try reader.skip(8)  // time, checksum
    let compressed = try reader.size(UInt32.self)
    let size = try reader.size(UInt32.self)
    let nameLength = try reader.size(UInt16.self)
    let extraLength = try reader.size(UInt16.self)
    let commentLength = try reader.size(UInt16.self)
    try reader.skip(8)  // disk, attributes
    let header = try reader.size(UInt32.self)
    let name = try reader.text(nameLength)
    var entry = Entry(
      name: name, flags: flags, method: method, compressed: compressed, size: size, header: header)
    try widen(&entry, extra: try reader.bytes(extraLength))
    try reader.skip(commentLength)
    return entry
  }

  /// Replaces 32-bit fields that are all ones by their zip64 values.
  private static func widen(_ entry: inout Entry, extra: FileRegion) throws(CheckpointError) {
    var fields = ByteReader(extra, subject: "a zip entry")
    while extra.count - fields.position >= 4 {
      let kind = try fields.integer(UInt16.self)
      let content = try fields.bytes(try fields.size(UInt16.self))
      guard kind == 1 else { continue }
      var wide = ByteReader(content, subject: "a zip64 entry")
      if entry.size == UInt32.max { entry.size = try wide.size(UInt64.self) }
      if entry.compressed == UInt32.max { entry.compressed = try wide.size(UInt64.self) }
      if entry.header == UInt32.max { entry.header = try wide.size(UInt64.self) }
    }
  }

  /// The content behind a local header, whose name and extra field have lengths of their own.
  private static func locate(
    _ entry: Entry, in region: FileRegion
  ) throws(CheckpointError) -> FileRegion {
    guard let rest = region.part(offset: entry.header, count: 30) else {
      throw region.malformed("\(entry.name) lies outside the weights")
    }
    var reader = ByteReader(rest, subject: "a zip header")
    guard try reader.integer(UInt32.self) == localSignature else {
      throw region.malformed("the zip header of \(entry.name) is damaged")
    }
    try reader.skip(22)
    let lengths = try reader.size(UInt16.self) + reader.size(UInt16.self)
    guard let content = region.part(offset: entry.header + 30 + lengths, count: entry.size) else {
      throw region.malformed("\(entry.name) reaches outside the weights")
    }
    return content
  }
}
