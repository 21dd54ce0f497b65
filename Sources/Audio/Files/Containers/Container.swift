/// What the bytes of a recording tell before anything is decoded: how much of it should be there,
/// and whether it is.
struct Container: Equatable {
  /// How much its header promises.
  enum Promise: Equatable {
    /// Bytes of samples: those that are promised, and those that are there.
    case bytes(promised: Int, present: Int)
    /// Seconds that are missing at the end, 0 where none are.
    case missing(Double)
  }

  /// Nil where it is left open, as by programs that write into a pipe.
  var promise: Promise?
  /// The recording for libsndfile, where it would miss a part of it as it is.
  var pieces: [PiecedFile.Piece]?
  /// Whether something in its middle is missing or changed.
  var isDamaged = false
  /// Where that is, in seconds, if it can be told before anything is decoded.
  var gaps: [Range<Double>] = []
  /// Bytes behind the last samples that are none of a chunk.
  var unread = 0
  /// Whether it lacks the end that its format has.
  var isUnfinished = false

  /// Chunks that are looked at; no recording has as many.
  static let mostParts = 10_000

  /// Looks at a file; nil for a format that tells nothing of this kind.
  static func examine(_ input: InputFile) -> Container? {
    switch input.text(at: 0, 4) {
    case "RIFF", "RF64", "BW64", "RIFX": RIFFLayout.container(of: input)
    case "riff": ChunkLayout.wave64(input)
    case "FORM": ChunkLayout.aiff(input)
    case "caff": ChunkLayout.caf(input)
    case ".snd": ChunkLayout.au(input)
    case "OggS": OggPages.container(of: input)
    default: MPEGFrames.container(of: input)
    }
  }

  /// A promise of so many bytes behind a place.
  ///
  /// - Parameters:
  ///   - promised: How many; nil where that is left open.
  ///   - place: Where they begin.
  ///   - input: The recording.
  ///   - goesOn: Whether the file goes on as its format has it at the place behind them.
  /// - Returns: What that tells of the recording.
  static func promising(
    _ promised: Int?, from place: Int, in input: InputFile, goesOn: (Int) -> Bool
  ) -> Container {
    guard let promised else { return Container() }
    let there = max(0, input.size - place)
    var container = Container(
      promise: .bytes(promised: promised, present: max(0, min(promised, there))))
    if promised < there, !goesOn(place + promised) { container.unread = there - promised }
    return container
  }
}

/// A length in 32 bits as a header has it; nil for those that say that nobody knew it.
///
/// Programs that cannot go back to the header leave the largest number there, signed or not, with
/// or without the header taken off (sox, arecord, ffmpeg).
func knownLength(_ length: Int) -> Int? {
  let unknown = [0x7fff_f000...0x8000_1000, 0xffff_f000...0xffff_ffff]
  return unknown.contains { $0.contains(length) } ? nil : length
}

extension InputFile {
  /// Bytes at a place; fewer where the file ends.
  func bytes(at place: Int, _ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - place)))
    let filled = bytes.withUnsafeMutableBytes { read(into: $0, at: place) }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// ASCII at a place.
  func text(at place: Int, _ count: Int) -> String {
    String(decoding: bytes(at: place, count), as: UTF8.self)
  }

  /// A number without sign, up to eight bytes; nil where the file ends, or it is too large.
  func number(at place: Int, _ count: Int, isBigEndian: Bool = false) -> Int? {
    let bytes = bytes(at: place, count)
    guard bytes.count == count else { return nil }
    let ordered = isBigEndian ? bytes : bytes.reversed()
    return Int(exactly: ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
