internal import Foundation

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
  package init(environment: [String: String]) {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    path = (state ?? "\(environment["HOME"] ?? NSHomeDirectory())/.local/state") + "/utter"
  }

  /// Makes what is missing, readable by the user alone.
  ///
  /// - Throws: An error naming the folder.
  func prepare() throws(ServiceError) {
    do {
      try FileManager.default.createDirectory(
        atPath: spool, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ServiceError(
        code: .failed,
        message: "\(spool): cannot be made: \(error.localizedDescription)",
        hint: "make the folder writable, or set [history] enabled = false")
    }
  }

  /// The paths of the recordings in the spool, the oldest first.
  var recordings: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: spool)) ?? []
    return files.filter { $0.hasSuffix(".wav") }.sorted().map { "\(spool)/\($0)" }
  }
}
