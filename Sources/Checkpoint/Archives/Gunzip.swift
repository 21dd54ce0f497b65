internal import CZlib
internal import System

/// Inflation of gzip files, as older NeMo wrote its archives.
package enum Gunzip {
  /// No model is larger.
  private static let outputLimit = 16 << 30
  /// Weights hardly compress: what grows by more than this, and a start, is a bomb.
  private static let ratioLimit = 32
  private static let startLimit = 32 << 20
  private static let chunk = 1 << 20

  /// Whether a file starts like gzip.
  package static func recognises(_ region: FileRegion) -> Bool {
    region.bytes.starts(with: [0x1f, 0x8b])
  }

  /// Inflates into a file that no folder names any more, and maps it.
  ///
  /// - Parameters:
  ///   - region: The compressed bytes.
  ///   - folder: Where the file takes up space until the mapping goes.
  ///   - isWanted: Asked about the beginning of the inflated bytes whether to go on.
  /// - Returns: The inflated bytes, under the name of the compressed file.
  /// - Throws: `CheckpointError.truncated` or `.malformed` for damaged data, `.forbidden` for what
  ///   grows without measure, `.foreign` for what is not wanted, `.unwritable` for a full disk.
  package static func inflate(
    _ region: FileRegion, in folder: String,
    isWanted: (UnsafeRawBufferPointer) -> Bool = { _ in true }
  ) throws(CheckpointError) -> MappedFile {
    let file: FileDescriptor
    do throws(Errno) {
      file = try FileDescriptor(unnamedIn: folder)
    } catch {
      throw .unwritable(path: folder, error)
    }
    try inflate(region, to: file, in: folder, isWanted)
    return try MappedFile(file, path: region.file.path)
  }

  private static func inflate(
    _ region: FileRegion, to file: borrowing FileDescriptor, in folder: String,
    _ isWanted: (UnsafeRawBufferPointer) -> Bool
  ) throws(CheckpointError) {
    let limit = min(outputLimit, region.count * ratioLimit + startLimit)
    var stream = z_stream()
    // 15 + 16: the largest window, with a gzip header.
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      throw .unreadable(path: region.file.path, reason: "zlib could not start")
    }
    defer { inflateEnd(&stream) }
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 64)
    defer { output.deallocate() }

    var consumed = 0
    var produced = 0
    var status = Z_OK
    while status != Z_STREAM_END {
      let input = region.bytes[consumed..<min(consumed + chunk, region.count)]
      let source = UnsafeRawBufferPointer(rebasing: input).bindMemory(to: UInt8.self)
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
      stream.avail_out = UInt32(chunk)
      status = CZlib.inflate(&stream, Z_NO_FLUSH)
      guard status == Z_OK || status == Z_STREAM_END else {
        throw input.isEmpty
          ? region.truncated("the gzip data is cut off")
          : region.malformed("the gzip data is damaged")
      }
      consumed += input.count - Int(stream.avail_in)
      let fresh = UnsafeRawBufferPointer(rebasing: output[..<(chunk - Int(stream.avail_out))])
      if produced == 0, !fresh.isEmpty, !isWanted(fresh) {
        throw .foreign(path: region.file.path, .archive(format: "gzip", tool: "gunzip"))
      }
      produced += fresh.count
      guard produced <= limit else {
        throw region.forbidden("inflates to more than \(limit) bytes, which no model does")
      }
      do throws(Errno) {
        try file.write(fresh)
      } catch {
        throw .unwritable(path: folder, error)
      }
    }
  }
}
