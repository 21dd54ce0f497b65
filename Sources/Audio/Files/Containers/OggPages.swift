/// The pages of an Ogg file (RFC 3533), each of which carries a checksum and counts itself.
struct OggPages {
  /// A page that is whole.
  private struct Page {
    let size: Int
    let stream: Int
    let number: Int
    let isLast: Bool
    /// Samples until its end; nil where it ends none.
    let position: Int?
    let content: ArraySlice<UInt8>
  }

  private let input: InputFile
  private var container = Container()
  private var numbers: [Int: Int] = [:]
  /// What positions count, where the codec is known.
  private var rate: Double?
  /// The last position, and how much the page there was.
  private var position = 0
  private var step = 0
  private var isEnded = false
  private var misses = 0

  /// Walks over all pages.
  static func container(of input: InputFile) -> Container? {
    var pages = OggPages(input: input)
    pages.walk()
    return pages.container
  }

  private init(input: InputFile) { self.input = input }

  private mutating func walk() {
    var place = 0
    while place < input.size {
      guard let page = page(at: place) else {
        // What comes behind the end, such as tags, is none of the recording's.
        guard let next = nextPlace(behind: place) else { break }
        container.isDamaged = true
        place = next
        continue
      }
      take(page)
      place += page.size
    }
    container.isUnfinished = !isEnded
  }

  private mutating func take(_ page: Page) {
    if numbers.isEmpty { rate = Self.rate(page.content) }
    let isExpected = numbers[page.stream].map { page.number == $0 + 1 } ?? true
    numbers[page.stream] = page.number
    isEnded = page.isLast
    let end = page.position ?? position
    if !isExpected {
      container.isDamaged = true
      // Pages are about as long as one another.
      if let rate, numbers.count == 1, end - step > position {
        container.gaps.append(Double(position) / rate..<Double(end - step) / rate)
      }
    } else if end > position {
      step = end - position
    }
    position = end
  }

  private func page(at place: Int) -> Page? {
    let head = input.bytes(at: place, 27)
    guard head.count == 27, head.starts(with: "OggS".utf8) else { return nil }
    let lengths = input.bytes(at: place + 27, Int(head[26]))
    let size = 27 + lengths.count + lengths.reduce(0) { $0 + Int($1) }
    let page = input.bytes(at: place, size)
    let number = { (at: Int) in (0..<4).reduce(0) { $0 | Int(head[at + $1]) << (8 * $1) } }
    guard page.count == size, Self.checksum(page) == UInt32(number(22)) else { return nil }
    return Page(
      size: size, stream: number(14), number: number(18), isLast: head[5] & 4 != 0,
      position: head[13] < 0x80 && head[5] & 2 == 0 ? number(6) | number(10) << 32 : nil,
      content: page.dropFirst(27 + lengths.count))
  }

  /// Where pages go on behind what is none.
  private mutating func nextPlace(behind place: Int) -> Int? {
    var window = place + 1
    while window < input.size {
      let bytes = input.bytes(at: window, 1 << 16)
      for index in bytes.indices.dropLast(3) where bytes[index...].starts(with: "OggS".utf8) {
        if page(at: window + index) != nil { return window + index }
        misses += 1
        if misses > Self.mostMisses { return nil }
      }
      // A name may lie across the border.
      window += max(1, bytes.count - 3)
    }
    return nil
  }

  /// Names of pages that are none, after which no more is looked for.
  private static let mostMisses = 1_000

  /// What positions count in a second, from the first page of a stream.
  private static func rate(_ content: ArraySlice<UInt8>) -> Double? {
    if content.starts(with: "OpusHead".utf8) { return 48_000 }
    guard content.starts(with: "\u{1}vorbis".utf8), content.count >= 16 else { return nil }
    let bytes = content.dropFirst(12).prefix(4)
    let rate = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    return rate > 0 ? Double(rate) : nil
  }

  /// CRC-32 without reflection, over the page with zeros where the checksum stands.
  private static func checksum(_ page: [UInt8]) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      page.withUnsafeBufferPointer { page in
        var sum: UInt32 = 0
        for index in page.indices {
          let byte = (22..<26).contains(index) ? 0 : page[index]
          sum = sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)]
        }
        return sum
      }
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { sum, _ in
      sum << 1 ^ (sum & 0x8000_0000 == 0 ? 0 : 0x04c1_1db7)
    }
  }
}
