import ArgumentParser
import Foundation
import System
import Transcription

/// Writes a line to standard output at once, for somebody waits for it.
func printAtOnce(_ line: some Sequence<UInt8>) throws(Failure) {
  do throws(Errno) {
    try StandardStream.output.write(Array(line) + [UInt8(ascii: "\n")])
  } catch {
    throw unprinted(because: error)
  }
}

/// Sees to it that the program, however it ends, tells where what it printed did not arrive.
func reportUnprintedAtExit() {
  atexit {
    do throws(Errno) { try StandardStream.flushPrinted() } catch {
      // Who does not read on knows.
      if error.code == EPIPE { _exit(ExitCode.someFailed.rawValue) }
      let failure = unprinted(because: error)
      report(failure)
      _exit(failure.code.rawValue)
    }
  }
}

/// Why nothing arrives that is printed.
func unprinted(because error: Errno) -> Failure {
  let reason = StandardStream.output.isOpen ? error.description : "it is closed"
  return Failure(any: TranscriptionError.unwritable(path: nil, reason: reason))
}

/// Writes `utter: <message>` to standard error, and the way out where there is one.
///
/// Messages quote names and texts from outside: what a terminal would obey is escaped here.
func tell(_ message: String, hint: String? = nil) {
  printToStandardError("utter: \(message.printable)\n")
  if let hint { printToStandardError("hint: \(hint.printable)\n") }
}

/// Writes text to standard error without a newline; bytes of names that are no UTF-8 are shown as
/// numbers.
func printToStandardError(_ text: String) {
  // Nothing can be done where stderr itself is closed.
  try? StandardStream.errors.write(PathSpelling.shown(text).utf8)
}

/// What a file that is read is called in messages, given how the user named it.
func shownName(ofInput name: String) -> String { name == "-" ? "standard input" : name }

/// Reads what the user named, without which there is nothing to do.
///
/// - Parameters:
///   - path: How the user named it.
///   - limit: Bytes beyond which it is too much.
///   - hint: What should have been named.
/// - Returns: The bytes.
/// - Throws: Why it cannot be read, with the hint.
func requireInput(_ path: String, limit: Int, hint: String) throws(Failure) -> [UInt8] {
  do throws(Errno) { return try readInput(path, limit: limit) } catch {
    throw Failure(
      "\(shownName(ofInput: path)): cannot be read: \(error)", hint: hint, code: .noInput)
  }
}

/// Reads a file, or standard input where the user named it "-".
///
/// - Parameters:
///   - path: How the user named it.
///   - limit: Bytes beyond which it is too much.
/// - Returns: The bytes.
/// - Throws: Why it cannot be read; `EFBIG` where it is too much.
func readInput(_ path: String, limit: Int = .max) throws(Errno) -> [UInt8] {
  let file =
    path == "-"
    ? try FileDescriptor(duplicating: STDIN_FILENO)
    : try FileDescriptor(opening: path, O_RDONLY)
  return try file.readToEnd(limit: limit)
}
