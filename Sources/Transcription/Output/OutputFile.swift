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
    _ path: String, with text: TextPieces, _ uninterrupted: TranscriptWriter.Uninterrupted
  ) throws(TranscriptionError) {
    let kind = (try? FileStatus(of: path))?.kind ?? .regular
    guard kind != .directory else { throw .isFolder(path: path) }
    var failure: Errno?
    let write = {
      do throws(Errno) {
        if kind == .regular {
          try replaceFile(path) { (file) throws(Errno) in try file.write(texts: text) }
        } else {
          try FileDescriptor(opening: path, O_WRONLY).write(texts: text)
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
    try print { () throws(Errno) in try StandardStream.output.write(text) }
  }

  /// Writes a text to standard output, piece by piece.
  ///
  /// - Throws: `TranscriptionError.readerLeft` or `.unwritable`.
  static func print(_ text: TextPieces) throws(TranscriptionError) {
    try print { () throws(Errno) in try StandardStream.output.write(texts: text) }
  }

  private static func print(_ write: () throws(Errno) -> Void) throws(TranscriptionError) {
    do throws(Errno) { try write() } catch {
      throw error.code == EPIPE
        ? .readerLeft : .unwritable(path: nil, reason: error.description)
    }
  }
}
