internal import Glibc
package import System

/// Where the daemon keeps what outlives it: `$XDG_STATE_HOME/utter`.
package struct StateFolder: Sendable {
  /// The folder.
  package let path: String
  /// Where recordings lie while they are made, and those that could not be transcribed.
  var spool: String { "\(path)/spool" }
  /// The file of the history.
  package var history: String { "\(path)/history.jsonl" }

  /// Finds the folder.
  ///
  /// - Parameter environment: Variables of the process.
  /// - Throws: Where no variable names it, and the user has no home folder.
  package init(environment: [String: String]) throws(UserFolders.UnknownHome) {
    path = try UserFolders(environment: environment).state + "/utter"
  }

  /// Makes sure that what is there is the user's, and that nobody else can see it.
  ///
  /// - Throws: Why it cannot be trusted.
  package func requireOwn() throws(FolderFault) {
    for folder in [path, spool] { try System.requireOwn(folder, .closed) }
  }

  /// Makes what is missing, readable by the user alone.
  ///
  /// - Throws: An error naming the folder.
  func prepare() throws(ServiceError) {
    do throws(Errno) {
      try makeFolders(spool)
    } catch {
      throw ServiceError(
        code: .failed, message: "\(spool): cannot be made: \(error)",
        hint: "make the folder writable, or set [history] enabled = false")
    }
  }

  /// The paths of the recordings in the spool, the oldest first.
  var recordings: [String] {
    folderEntries(spool).filter { $0.hasSuffix(".wav") }.sorted().map { "\(spool)/\($0)" }
  }

  /// Opens a recording in the spool for reading and writing.
  ///
  /// - Parameter path: Where it lies, as `recordings` or the history say.
  /// - Returns: It; nil for what is none: a link, a pipe, another user's file.
  static func open(recording path: String) -> FileDescriptor? {
    guard let spool = FilePath(path).folder?.spelling, let name = path.split(separator: "/").last,
      let folder = try? FileDescriptor(opening: spool, O_RDONLY | O_DIRECTORY),
      let file = try? FileDescriptor(opening: String(name), in: folder, O_RDWR | O_NONBLOCK),
      let status = try? file.status(), status.kind == .regular, status.owner == geteuid()
    else { return nil }
    return file
  }
}
