import Foundation
import Vocabulary

/// Lists that a command names.
struct VocabularyFiles {
  /// Their terms, one list after the other.
  let terms: [Term]

  /// Reads lists.
  ///
  /// - Throws: `Failure` about the first line that is wrong.
  init(_ paths: [String]) throws {
    var terms: [Term] = []
    for path in paths {
      let bytes: Data
      do {
        bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      } catch {
        throw Failure(
          "\(path): cannot be read", hint: "name a file with a term a line", code: .noInput)
      }
      terms += try Self.terms(of: [UInt8](bytes), file: path)
    }
    self.terms = terms
  }

  /// The terms of a list.
  ///
  /// - Throws: `Failure` about the first line that is wrong.
  static func terms(
    of bytes: [UInt8], file: String, origin: Term.Origin = .global
  ) throws -> [Term] {
    let list = VocabularyList(bytes, file: file, origin: origin)
    if let problem = list.problems.first(where: { $0.severity == .error }) {
      throw Failure(problem.description, hint: problem.remedy, code: .badData)
    }
    return list.terms
  }
}
