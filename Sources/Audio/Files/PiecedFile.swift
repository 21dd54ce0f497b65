internal import CMPG123
internal import CSndFile

/// A recording as libsndfile is to see it: the file, or parts of it behind another header.
final class PiecedFile {
  /// A part of the whole.
  enum Piece: Equatable {
    /// Bytes that are not in the file.
    case bytes([UInt8])
    /// Bytes of the file.
    case part(Range<Int>)

    fileprivate var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .part(let range): range.count
      }
    }
  }

  private let input: InputFile
  private let pieces: [(place: Int, piece: Piece)]
  private let size: Int
  private var position = 0

  /// The whole file where no pieces are given.
  init(_ input: InputFile, _ pieces: [Piece]?) {
    self.input = input
    var size = 0
    self.pieces = (pieces ?? [.part(0..<input.size)]).map { piece in
      defer { size += piece.count }
      return (size, piece)
    }
    self.size = size
  }

  /// Opens it with libsndfile; this object must live as long as what is returned.
  func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var calls = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(pieced($0)?.size ?? 0) },
      seek: { offset, whence, file in
        guard let file = pieced(file) else { return -1 }
        let base = [SEEK_SET: 0, SEEK_CUR: file.position, SEEK_END: file.size][whence] ?? 0
        let (place, isTooFar) = base.addingReportingOverflow(Int(offset))
        guard !isTooFar, place >= 0 else { return -1 }
        file.position = place
        return sf_count_t(place)
      },
      read: { bytes, count, file in
        let room = UnsafeMutableRawBufferPointer(start: bytes, count: max(0, Int(count)))
        return sf_count_t(pieced(file)?.read(into: room) ?? 0)
      },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(pieced($0)?.position ?? 0) })
    cmpg123_silence()
    return sf_open_virtual(
      &calls, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
  }

  private func read(into bytes: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    for (start, piece) in pieces where filled < bytes.count {
      let offset = position - start
      guard offset >= 0, offset < piece.count else { continue }
      let room = UnsafeMutableRawBufferPointer(
        rebasing: bytes[filled..<min(bytes.count, filled + piece.count - offset)])
      let count =
        switch piece {
        case .bytes(let bytes): copy(bytes[offset...], room)
        case .part(let range): input.read(into: room, at: range.lowerBound + offset)
        }
      filled += count
      position += count
      if count < room.count { break }
    }
    return filled
  }

  private func copy(_ bytes: ArraySlice<UInt8>, _ room: UnsafeMutableRawBufferPointer) -> Int {
    room.copyBytes(from: bytes.prefix(room.count))
    return room.count
  }
}

private func pieced(_ pointer: UnsafeMutableRawPointer?) -> PiecedFile? {
  pointer.map { Unmanaged<PiecedFile>.fromOpaque($0).takeUnretainedValue() }
}
