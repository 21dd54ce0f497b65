import Foundation
import System

/// Reads the user's answers from standard input, line by line.
///
/// Byte by byte, so that nothing is taken that `isThere` would then not see.
final class AnswerReader {
  private let input: FileDescriptor

  /// Prepares to read.
  ///
  /// - Throws: Where standard input is closed.
  init() throws(Errno) { input = try FileDescriptor(duplicating: STDIN_FILENO) }

  /// Whether there is an answer, or the end, without waiting.
  var isThere: Bool { input.isReadable(within: .zero) }

  /// The next line, without spaces round it and in lower case; nil at the end.
  func line() -> String? {
    var bytes: [UInt8] = []
    var byte: [UInt8] = [0]
    while true {
      let count = try? byte.withUnsafeMutableBytes { try input.read(into: $0) }
      guard count == 1 else { return bytes.isEmpty ? nil : Self.plain(bytes) }
      if byte[0] == UInt8(ascii: "\n") { return Self.plain(bytes) }
      bytes.append(byte[0])
    }
  }

  private static func plain(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces).lowercased()
  }
}
