import ArgumentParser
import Foundation

/// Where finished transcripts are written to.
enum OutputFile {
  /// Replaces a file as a whole: readers see the old one or the new one, never a part.
  static func replace(_ path: String, with text: String) throws(Failure) {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isDirectory.boolValue {
      throw Failure(
        "\(path): is a directory", hint: "name a file, such as --output '\(path)/{stem}.{format}'",
        code: .unavailable)
    }
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type]
    do {
      if exists && type as? FileAttributeType != .typeRegular {
        // A device or a pipe takes the text; replacing it with a file would destroy it.
        try write(text, to: open(url.path, O_WRONLY | O_CLOEXEC))
      } else {
        try InterruptGuard.held { try Data(text.utf8).write(to: url, options: .atomic) }
      }
    } catch {
      throw Failure(
        "\(path): cannot be written: \(reason(of: error))",
        hint: "check that the directory exists and has room", code: .unavailable)
    }
  }

  /// Writes to standard output; a reader that has gone ends the program without a word.
  static func print(_ text: String) throws {
    do {
      try write(text, to: STDOUT_FILENO)
    } catch {
      if error.code == .EPIPE { throw ExitCode.someFailed }
      throw Failure(
        "standard output: cannot be written: \(reason(of: error))",
        hint: "check that it is open and has room", code: .unavailable)
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
