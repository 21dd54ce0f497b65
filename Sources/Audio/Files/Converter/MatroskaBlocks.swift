/// Takes the sound out of a Matroska stream as ffmpeg writes it into a pipe: one track of 32-bit
/// floats, in blocks that know when they are heard (RFC 9559).
///
/// Of all that ffmpeg can write this is the simplest form that tells where something is missing.
struct MatroskaBlocks {
  /// A few samples that were decoded together.
  struct Block {
    /// When they are heard.
    let milliseconds: Int
    /// Channels interleaved.
    let samples: [Float]
  }

  /// Writes the next bytes of the stream; 0 at its end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws(AudioError) -> Int

  /// Samples in a frame, known with the first block.
  private(set) var channels = 0
  private var cluster = 0
  private var buffer: [UInt8] = []
  private var consumed = 0

  /// Numbers that elements are told by.
  private enum Element {
    static let masters: Set<Int> = [
      0x1853_8067,  // Segment
      0x1f43_b675,  // Cluster
      0x1654_ae6b,  // Tracks
      0xae,  // TrackEntry
      0xe1,  // Audio
      0xa0,  // BlockGroup
    ]
    static let timestamp = 0xe7
    static let channels = 0x9f
    static let blocks: Set<Int> = [0xa3, 0xa1]
  }

  /// No block that ffmpeg writes comes near.
  private static let largest = 64 << 20
  private static let mostChannels = 1_024
  /// Milliseconds; what is later comes of a damaged clock.
  private static let latest = 1 << 40

  /// The next block; nil at the end.
  mutating func next(_ source: Source) throws(AudioError) -> Block? {
    while let element = try number(source, keepsLength: true) {
      guard let size = try number(source, keepsLength: false) else { return nil }
      if Element.masters.contains(element) { continue }
      guard size <= Self.largest, let content = try take(size, source) else { return nil }
      let number = content.prefix(8).reduce(0) { $0 << 8 | Int($1) }
      if element == Element.timestamp { cluster = max(0, min(number, Self.latest)) }
      if element == Element.channels { channels = max(0, min(number, Self.mostChannels)) }
      guard Element.blocks.contains(element), content.count > 4, channels > 0 else { continue }
      // The track's number, the time from the cluster's on, flags, samples.
      let start = content.startIndex
      let time = Int16(bitPattern: UInt16(content[start + 1]) << 8 | UInt16(content[start + 2]))
      return Block(milliseconds: cluster + Int(time), samples: Self.floats(content.dropFirst(4)))
    }
    return nil
  }

  private static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { index in
        let bits = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }

  /// A number of one to eight bytes; the first bit that is set tells how many.
  private mutating func number(_ source: Source, keepsLength: Bool) throws(AudioError) -> Int? {
    guard let first = try take(1, source)?.first, first > 0 else { return nil }
    let more = first.leadingZeroBitCount
    guard let rest = try take(more, source) else { return nil }
    let start = keepsLength ? Int(first) : Int(first) & (0x7f >> more)
    return rest.reduce(start) { $0 << 8 | Int($1) }
  }

  private mutating func take(
    _ count: Int, _ source: Source
  ) throws(AudioError) -> ArraySlice<UInt8>? {
    if buffer.count - consumed < count {
      buffer.removeFirst(consumed)
      consumed = 0
      let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
      defer { room.deallocate() }
      while buffer.count < count {
        let read = try source(room)
        guard read > 0 else { return nil }
        buffer += UnsafeRawBufferPointer(rebasing: room[..<read])
      }
    }
    defer { consumed += count }
    return buffer[consumed..<consumed + count]
  }
}
