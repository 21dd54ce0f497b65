/// Another recording that was put behind the first, as by `cat a.mp4 b.mp4`, in formats whose
/// decoders end with the first.
struct FollowingRecording {
  private let input: InputFile

  /// Whether there is one; false in other formats, whose decoders go on or whose containers tell.
  static func isThere(in input: InputFile) -> Bool {
    let file = FollowingRecording(input: input)
    if input.text(at: 0, 4) == "fLaC" { return file.hasSecondStream }
    if input.text(at: 4, 4) == "ftyp" {
      return file.isRepeated(mark: Array("ftyp".utf8), offset: 4, behind: file.behindBox)
    }
    let start = input.bytes(at: 0, 16)
    if start.starts(with: Self.matroska) {
      return file.isRepeated(mark: Self.matroska, behind: file.behindElement)
    }
    guard start == Self.asf else { return false }
    return file.isRepeated(mark: Self.asf, behind: file.behindObject)
  }

  /// The header of Matroska and WebM.
  private static let matroska: [UInt8] = [0x1a, 0x45, 0xdf, 0xa3]
  /// The object that begins Windows Media.
  private static let asf: [UInt8] = [
    0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c,
  ]

  /// Whether what begins the file begins another of its parts.
  private func isRepeated(mark: [UInt8], offset: Int = 0, behind: (Int) -> Int?) -> Bool {
    var place = 0
    for _ in 0..<Container.mostParts {
      guard let next = behind(place), next > place, next < input.size else { return false }
      if input.bytes(at: next + offset, mark.count) == mark { return true }
      place = next
    }
    return false
  }

  /// The end of a box of MP4 (ISO/IEC 14496-12).
  private func behindBox(_ place: Int) -> Int? {
    let length = input.number(at: place, 4, isBigEndian: true)
    return end(place, length == 1 ? input.number(at: place + 8, 8, isBigEndian: true) : length)
  }

  /// The end of an object of Windows Media.
  private func behindObject(_ place: Int) -> Int? {
    end(place, input.number(at: place + 16, 8))
  }

  /// The end of an element of Matroska; nil where it has no length but the file's.
  private func behindElement(_ place: Int) -> Int? {
    guard let width = width(at: place), let lengthWidth = self.width(at: place + width),
      let marked = input.number(at: place + width, lengthWidth, isBigEndian: true)
    else { return nil }
    let unknown = 1 << (7 * lengthWidth) - 1
    let length = marked & unknown
    return length == unknown ? nil : end(place + width + lengthWidth, length)
  }

  /// Bytes that a number of Matroska takes, which its first byte tells.
  private func width(at place: Int) -> Int? {
    input.bytes(at: place, 1).first.flatMap { $0 == 0 ? nil : $0.leadingZeroBitCount + 1 }
  }

  private func end(_ place: Int, _ length: Int?) -> Int? {
    length.flatMap { $0 <= input.size - place ? place + $0 : nil }
  }

  /// Whether FLAC's mark, and the head of its first block, stand a second time.
  private var hasSecondStream: Bool {
    let mark = Array("fLaC".utf8)
    var place = mark.count
    while place < input.size {
      let bytes = input.bytes(at: place, 1 << 20)
      var start = bytes.startIndex
      while let found = bytes[start...].firstIndex(of: mark[0]) {
        let head = bytes[found...].prefix(8)
        // The block's first bit says whether others follow.
        if head.starts(with: mark), head.dropFirst(4).first.map({ $0 & 0x7f }) == 0,
          head.dropFirst(5).elementsEqual([0, 0, 34])
        {
          return true
        }
        start = found + 1
      }
      // A mark may lie across the border.
      place += max(1, bytes.count - 7)
    }
    return false
  }
}
