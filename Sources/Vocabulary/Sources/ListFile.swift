internal import Glibc
internal import System

/// A list on the disk.
struct ListFile {
  /// Bytes of the list.
  let bytes: [UInt8]

  /// Reads a list; never waits for one that somebody else has to write.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isForeign: Whether it came with a project: then it must be the user's own, no link, and
  ///     nothing that everybody may change.
  /// - Throws: Why it is not read.
  init(_ path: String, isForeign: Bool = false) throws(ListProblem) {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | (isForeign ? O_NOFOLLOW : 0)
    var fault: String?
    do throws(Errno) {
      let file = try FileDescriptor(opening: path, flags)
      fault = Self.fault(of: try file.status(), isForeign: isForeign)
      bytes = fault == nil ? try file.readAll(limit: ListLimits.fileBytes) : []
    } catch {
      bytes = []
      fault =
        switch error.code {
        case EFBIG: "more than \(ListLimits.fileBytes >> 20) MiB"
        case ELOOP where isForeign: "is a link, and links in a project are not followed"
        default: error.description
        }
    }
    if let fault { throw ListProblem(.error, file: path, line: 0, fault) }
  }

  private static func fault(of status: FileStatus, isForeign: Bool) -> String? {
    guard status.kind == .regular else { return "is no regular file" }
    guard isForeign else { return nil }
    if status.owner != geteuid() { return "belongs to another user" }
    if status.permissions & 0o002 != 0 { return "everybody may change it" }
    return nil
  }
}

extension VocabularyList {
  /// Reads a list of the user's.
  ///
  /// - Parameter path: The file.
  /// - Throws: Why it cannot be read; what is wrong with its lines is among the problems.
  package init(contentsOf path: String) throws(ListProblem) {
    self.init(try ListFile(path).bytes, file: path)
  }
}
