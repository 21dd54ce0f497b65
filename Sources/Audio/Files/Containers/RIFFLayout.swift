/// The chunks of a WAV file: RIFF, its twin RIFX of the other byte order, and RF64 and BW64, whose
/// lengths have 64 bits (EBU Tech 3306).
struct RIFFLayout {
  private let input: InputFile
  private let isBigEndian: Bool
  private let is64: Bool
  /// All of the chunk that describes the samples.
  private var format: [UInt8]?
  /// Bytes of samples, where a chunk `ds64` tells them.
  private var longLength = 0
  /// Where samples lie.
  private var data: [Range<Int>] = []
  private var promised = 0
  /// Whether the last of them have no length but the file's.
  private var isOpen = false
  /// Bytes at the end that are no chunk.
  private var unread = 0
  /// Whether libsndfile takes a length as it is that means something else.
  private var misleads = false

  /// What a WAV file promises, put together where libsndfile would hear only a part.
  static func container(of input: InputFile) -> Container? {
    guard input.text(at: 8, 4) == "WAVE" else { return ChunkLayout.avi(input) }
    let layout = RIFFLayout(input)
    guard !layout.data.isEmpty else { return nil }
    let present = layout.data.reduce(0) { $0 + $1.count }
    var container = Container(
      promise: layout.isOpen ? nil : .bytes(promised: layout.promised, present: present))
    container.unread = layout.unread
    if let format = layout.format, !layout.isBigEndian,
      layout.misleads || layout.data.count > 1
    {
      container.pieces =
        [.bytes(header(format, length: present))] + layout.data.map { .part($0) }
    }
    return container
  }

  private init(_ input: InputFile) {
    self.input = input
    isBigEndian = input.text(at: 0, 4) == "RIFX"
    is64 = ["RF64", "BW64"].contains(input.text(at: 0, 4))
    var place = 12
    for _ in 0..<Container.mostParts {
      guard !isOpen, let next = take(place) else { return }
      place = next
    }
  }

  /// Takes the chunk at a place in; gives the place behind it, nil at the last one.
  private mutating func take(_ place: Int) -> Int? {
    guard let length = input.number(at: place + 4, 4, isBigEndian: isBigEndian) else { return nil }
    let (name, body) = (input.text(at: place, 4), place + 8)
    switch name {
    case "ds64": longLength = min(input.number(at: body + 8, 8) ?? 0, 1 << 60)
    case "fmt " where length <= Self.longestFormat:
      let found = input.bytes(at: place, 8 + length)
      // Another recording that was put behind this one, and is none of its kind.
      if let format, format != found {
        unread = input.size - place
        return nil
      }
      format = found
    case "data": return takeData(length, at: body)
    case "RIFF" where input.text(at: body, 4) == "WAVE":
      // Recordings that were put behind one another, as by `cat`.
      return body + 4
    default:
      guard Self.isName(name) else {
        let isTag = ["ID3", "TAG"].contains { name.hasPrefix($0) }
        unread = isTag ? 0 : input.size - place
        return nil
      }
    }
    return behind(body + length, length)
  }

  /// Takes samples in.
  private mutating func takeData(_ length: Int, at body: Int) -> Int? {
    var length = length
    if is64, length == 0xffff_ffff {
      misleads = misleads || longLength == 0
      length = longLength
    }
    let end = body + length
    let isEmpty = length == 0 && (body >= input.size || isChunk(at: body))
    if knownLength(length) == nil && !is64 || length == 0 && !isEmpty {
      misleads = misleads || length == 0
      isOpen = true
      data.append(body..<input.size)
      return nil
    }
    promised += length
    data.append(body..<max(body, min(end, input.size)))
    return behind(end, length)
  }

  /// Where the next chunk begins: at an even place, but for programs that forget that.
  private func behind(_ end: Int, _ length: Int) -> Int? {
    guard end < input.size else { return nil }
    let even = end + length & 1
    return isChunk(at: even) || !isChunk(at: end) ? even : end
  }

  private func isChunk(at place: Int) -> Bool {
    guard let length = input.number(at: place + 4, 4, isBigEndian: isBigEndian) else {
      return false
    }
    return Self.isName(input.text(at: place, 4)) && place + 8 + length <= input.size + 1
  }

  /// Whether something can be the name of a chunk.
  static func isName(_ name: String) -> Bool {
    name.utf8.count == 4 && name.utf8.allSatisfy { (0x20..<0x7f).contains($0) }
  }

  /// Longer ones describe no samples.
  private static let longestFormat = 4_096

  /// The header of an RF64 file of so many bytes of samples.
  private static func header(_ format: [UInt8], length: Int) -> [UInt8] {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let frame = format.count >= 22 ? max(1, Int(format[20]) | Int(format[21]) << 8) : 1
    let padded = format + (format.count & 1 == 1 ? [0] : [])
    let unknown = bytes(0xffff_ffff, 4)
    let lengths =
      bytes(48 + padded.count + length, 8) + bytes(length, 8)
      + bytes(length / frame, 8) + bytes(0, 4)
    return Array("RF64".utf8) + unknown + Array("WAVEds64".utf8) + bytes(28, 4) + lengths
      + padded + Array("data".utf8) + unknown
  }
}
