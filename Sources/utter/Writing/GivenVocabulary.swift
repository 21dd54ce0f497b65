import Foundation
import System
import Vocabulary

/// Terms that a command is given: lists by their files, and terms as lines of a list.
struct GivenVocabulary {
  /// The lines of all of them.
  let lines: [String]

  /// Bytes that a list may have, for it goes to the daemon in one line.
  private static let largest = 768 << 10

  /// Reads what was given.
  ///
  /// - Parameter values: Paths of lists, and terms. What looks like a path is one.
  /// - Throws: `Failure` about the first that cannot be used.
  init(_ values: [String]) throws {
    lines = try values.flatMap { value in
      let isFile = (try? FileStatus(of: value)) != nil
      guard isFile || value.contains("/") || value.hasSuffix(".txt") else {
        try Self.check(Data(value.utf8), file: "--vocabulary")
        return [value]
      }
      let bytes = try Self.read(value)
      try Self.check(bytes, file: value)
      return VocabularyList([UInt8](bytes), file: value).terms.map(VocabularyList.line)
    }
    guard lines.lazy.map(\.utf8.count).reduce(0, +) <= Self.largest else {
      throw Failure(
        "--vocabulary: more than \(Self.largest >> 10) KiB",
        hint: "put the list into ~/.config/utter/vocabulary, where every dictation finds it",
        code: .badData)
    }
  }

  private static func read(_ path: String) throws -> Data {
    do throws(Errno) {
      return Data(try FileDescriptor(opening: path, O_RDONLY).readToEnd())
    } catch {
      throw Failure(
        "\(path): cannot be read: \(error)",
        hint: "name a file with a term a line, or a term", code: .noInput)
    }
  }

  private static func check(_ bytes: Data, file: String) throws {
    let list = VocabularyList([UInt8](bytes), file: file, origin: .request)
    if let problem = list.problems.first(where: { $0.severity == .error }) {
      throw Failure(problem.description, hint: problem.remedy, code: .badData)
    }
  }
}
