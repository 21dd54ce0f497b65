internal import Foundation

/// Where finished transcripts are written to.
enum OutputFile {
  /// Replaces a file as a whole: readers see the old one or the new one, never a part.
  ///
  /// - Parameters:
  ///   - path: A file, or a device or pipe, which takes the text instead.
  ///   - text: All of the new content.
  ///   - uninterrupted: Runs what must not be cut short.
  /// - Throws: `TranscriptionError.isFolder` or `.unwritable`.
  static func replace(
    _ path: String, with text: String, _ uninterrupted: TranscriptWriter.Uninterrupted
  ) throws(TranscriptionError) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !isFolder.boolValue else { throw .isFolder(path: path) }
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
    do {
      if exists && type as? FileAttributeType != .typeRegular {
        // A device or a pipe takes the text; replacing it with a file would destroy it.
        try write(text, to: open(url.path, O_WRONLY | O_CLOEXEC))
      } else {
        try uninterrupted { try Data(text.utf8).write(to: url, options: .atomic) }
      }
    } catch {
      throw .unwritable(path: path, reason: reason(of: error))
    }
  }

  /// Writes to standard output.
  static func print(_ text: String) throws(TranscriptionError) {
    do throws(POSIXError) {
      try write(text, to: STDOUT_FILENO)
    } catch {
      throw error.code == .EPIPE
        ? .readerLeft : .unwritable(path: nil, reason: reason(of: error))
    }
  }

  private static func write(_ text: String, to descriptor: Int32) throws(POSIXError) {
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func reason(of error: any Error) -> String {
    let cause = (error as? CocoaError)?.underlying ?? error
    guard let posix = cause as? POSIXError else { return "\(error)" }
    return String(cString: strerror(posix.code.rawValue))
  }
}
