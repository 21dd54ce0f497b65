/// Where the central directory of a zip archive lies.
struct ZipDirectory {
  /// The directory's bytes.
  let region: FileRegion
  /// Entries in it.
  let entries: Int

  private static let endSignature: UInt32 = 0x0605_4b50
  private static let endSize = 22
  private static let wideLocatorSignature: UInt32 = 0x0706_4b50
  private static let wideLocatorSize = 20
  private static let wideEndSignature: UInt32 = 0x0606_4b50

  /// Finds the end record, whose comment must reach exactly to the end of the bytes.
  init(_ archive: FileRegion) throws(CheckpointError) {
    guard let end = Self.endRecord(archive) else {
      throw archive.malformed("the weights have no zip directory; they are cut off or damaged")
    }
    var reader = ByteReader(end, subject: "the zip end record")
    try reader.skip(10)
    var entries = try reader.size(UInt16.self)
    var size = try reader.size(UInt32.self)
    var offset = try reader.size(UInt32.self)

    let locatorOffset = end.offset - archive.offset - Self.wideLocatorSize
    if let locator = archive.part(offset: locatorOffset, count: Self.wideLocatorSize),
      locator.bytes.loadUnaligned(as: UInt32.self).littleEndian == Self.wideLocatorSignature
    {
      var reader = ByteReader(locator, subject: "the zip64 locator")
      try reader.skip(8)
      let wideOffset = try reader.size(UInt64.self)
      guard let record = archive.part(offset: wideOffset, count: 56) else {
        throw archive.malformed("the zip64 end record lies outside the weights")
      }
      var wide = ByteReader(record, subject: "the zip64 end record")
      guard try wide.integer(UInt32.self) == Self.wideEndSignature else {
        throw archive.malformed("the zip64 end record is damaged")
      }
      try wide.skip(28)
      entries = try wide.size(UInt64.self)
      size = try wide.size(UInt64.self)
      offset = try wide.size(UInt64.self)
    }
    guard let region = archive.part(offset: offset, count: size) else {
      throw archive.malformed("the zip directory lies outside the weights")
    }
    try archive.require(entries, within: .zipEntries)
    try archive.require(size, within: .zipDirectory)
    self.region = region
    self.entries = entries
  }

  private static func endRecord(_ archive: FileRegion) -> FileRegion? {
    let last = archive.count - endSize
    guard last >= 0 else { return nil }
    for offset in stride(from: last, through: max(0, last - Int(UInt16.max)), by: -1) {
      guard let record = archive.part(offset: offset, count: endSize) else { return nil }
      let comment = record.bytes.loadUnaligned(fromByteOffset: 20, as: UInt16.self).littleEndian
      if record.bytes.loadUnaligned(as: UInt32.self).littleEndian == endSignature,
        Int(comment) == last - offset
      {
        return record
      }
    }
    return nil
  }
}
