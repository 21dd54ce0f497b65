/// The frames of an MP3 or a bare AAC file, one behind the other without anything that counts them,
/// but for the note that most encoders of MP3 leave in the first (Xing, Info or VBRI).
struct MPEGFrames {
  /// What the first six bytes of a frame say.
  private struct Header {
    let size: Int
    let samples: Int
    let rate: Int
    /// Bytes of the frame before the note of an encoder.
    let noteOffset: Int
    /// What all frames of a file have in common.
    let kind: UInt32

    init?(_ bytes: UInt64) {
      if let aac = Header(aac: bytes) { self = aac } else { self.init(mp3: UInt32(bytes >> 16)) }
    }

    /// The header that AAC has in a file of its own (ADTS).
    private init?(aac bytes: UInt64) {
      let rate = Int(bytes >> 26 & 15)
      guard bytes >> 36 == 0xfff, bytes >> 33 & 3 == 0, rate < Self.aacRates.count else {
        return nil
      }
      self.rate = Self.aacRates[rate]
      samples = 1_024
      size = Int(bytes >> 5 & 0x1fff)
      noteOffset = 0
      // All but the bits that belong to a frame alone.
      kind = UInt32(bytes >> 16) & 0xffff_fdc0
      guard size > 7 else { return nil }
    }

    private static let aacRates = [
      96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
      7_350,
    ]

    private init?(mp3 bytes: UInt32) {
      let (version, layer) = (bytes >> 19 & 3, bytes >> 17 & 3)
      let (bitRate, rate) = (Int(bytes >> 12 & 15), Int(bytes >> 10 & 3))
      guard bytes >> 21 == 0x7ff, version != 1, layer == 1, (1..<15).contains(bitRate), rate < 3
      else { return nil }
      let isFirst = version == 3
      self.rate = [44_100, 48_000, 32_000][rate] >> (isFirst ? 0 : version == 2 ? 1 : 2)
      samples = isFirst ? 1_152 : 576
      let kilobits = isFirst ? Self.rates[bitRate] : Self.lowRates[bitRate]
      size = samples / 8 * kilobits * 1_000 / self.rate + Int(bytes >> 9 & 1)
      let isMono = bytes >> 6 & 3 == 3
      noteOffset = 4 + (isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
      kind = bytes & 0xfffe_0c00
    }

    private static let rates = [
      0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ]
    private static let lowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
  }

  private let input: InputFile
  private var window: (place: Int, bytes: [UInt8]) = (0, [])

  /// Walks over all frames; nil for what does not begin with one.
  static func container(of input: InputFile) -> Container? {
    var frames = MPEGFrames(input: input)
    return frames.container()
  }

  private init(input: InputFile) { self.input = input }

  private mutating func container() -> Container? {
    var place = firstPlace()
    guard let first = header(at: place), header(at: place + first.size)?.kind == first.kind else {
      return nil
    }
    var container = Container()
    let promised = note(at: place, first)
    let start = place
    let seconds = { (frames: Double) in frames * Double(first.samples) / Double(first.rate) }
    // With those that are lost, as far as others tell how long they were.
    var count = 0.0
    while place < input.size {
      if let next = header(at: place), next.kind == first.kind {
        place += next.size
        // A frame that is cut is none.
        if place > input.size { container.isUnfinished = true } else { count += 1 }
        continue
      }
      // Behind the last one tags may stand.
      guard let next = nextPlace(behind: place, first.kind) else { break }
      let lost = Double(next - place) * max(1, count) / Double(max(1, place - start))
      container.gaps.append(seconds(count)..<seconds(count + lost))
      count += lost
      place = next
    }
    container.isDamaged = !container.gaps.isEmpty
    // The frame with the note is silent; without one nothing is promised, and nothing missing.
    let missing = promised.map { Double($0) + 1 - count.rounded() } ?? 0
    container.promise = .missing(max(0, seconds(missing)))
    return container
  }

  /// Behind tags.
  private func firstPlace() -> Int {
    var place = 0
    while input.text(at: place, 3) == "ID3" {
      let sizes = input.bytes(at: place + 5, 5)
      guard sizes.count == 5 else { return place }
      let size = sizes.dropFirst().reduce(0) { $0 << 7 | Int($1 & 0x7f) }
      place += 10 + size + (sizes[0] & 0x10 == 0 ? 0 : 10)
    }
    return place
  }

  /// How many frames follow the first, by its own account.
  private func note(at place: Int, _ header: Header) -> Int? {
    guard header.noteOffset > 0 else { return nil }
    let xing = place + header.noteOffset
    if ["Xing", "Info"].contains(input.text(at: xing, 4)) {
      let flags = input.number(at: xing + 4, 4, isBigEndian: true) ?? 0
      return flags & 1 == 1 ? input.number(at: xing + 8, 4, isBigEndian: true) : nil
    }
    guard input.text(at: place + 36, 4) == "VBRI" else { return nil }
    return input.number(at: place + 50, 4, isBigEndian: true)
  }

  /// Where frames go on behind what is none.
  private mutating func nextPlace(behind place: Int, _ kind: UInt32) -> Int? {
    for place in place + 1..<max(place + 1, input.size - 4) {
      if let next = header(at: place), next.kind == kind,
        header(at: place + next.size)?.kind == kind
      {
        return place
      }
    }
    return nil
  }

  private mutating func header(at place: Int) -> Header? {
    if place < window.place || place + 6 > window.place + window.bytes.count {
      window = (place, input.bytes(at: place, 1 << 16))
    }
    let start = place - window.place
    guard start >= 0, start + 6 <= window.bytes.count else { return nil }
    return Header(window.bytes[start..<start + 6].reduce(0) { $0 << 8 | UInt64($1) })
  }
}
