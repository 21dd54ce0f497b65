internal import Glibc
internal import System

/// Where finished transcripts are written to.
package enum OutputFile {
  /// Replaces a file as a whole; a device or a pipe takes the text instead.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - text: All of the new content.
  ///   - uninterrupted: Runs what must not be cut short.
  /// - Throws: `TranscriptionError.isFolder` or `.unwritable`.
  static func replace(
    _ path: String, with text: String, _ uninterrupted: TranscriptWriter.Uninterrupted
  ) throws(TranscriptionError) {
    let bytes = Array(text.utf8)
    let kind = (try? FileStatus(of: path))?.kind ?? .regular
    guard kind != .directory else { throw .isFolder(path: path) }
    var failure: Errno?
    let write = {
      do throws(Errno) {
        if kind == .regular {
          try replaceFile(path, with: bytes)
        } else {
          try FileDescriptor(opening: path, O_WRONLY).write(bytes)
        }
      } catch {
        failure = error
      }
    }
    // A reader may keep a pipe waiting for as long as it likes.
    if kind == .regular { uninterrupted(write) } else { write() }
    if let failure { throw .unwritable(path: path, reason: failure.description) }
  }

  /// Writes to standard output.
  ///
  /// - Throws: `TranscriptionError.readerLeft` or `.unwritable`.
  package static func print(_ text: some Sequence<UInt8>) throws(TranscriptionError) {
    do throws(Errno) {
      try StandardStream.output.write(text)
    } catch {
      throw error.code == EPIPE
        ? .readerLeft : .unwritable(path: nil, reason: error.description)
    }
  }
}
