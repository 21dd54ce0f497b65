internal import Foundation
internal import Glibc
internal import System

/// What was dictated, one JSON object a line, in a file that only the user can read.
///
/// Every call opens and locks the file anew, so that the daemon and commands may all use it.
/// Lines that cannot be read are passed over, and stay until the file is written anew.
package struct History: Sendable {
  private let path: String

  /// Uses a file, which need not exist.
  ///
  /// - Parameter path: The file; its folder is made when something is written.
  package init(path: String) { self.path = path }

  /// All entries, the oldest first.
  ///
  /// - Throws: An error naming the file.
  package func entries() throws(ServiceError) -> [HistoryEntry] { try newest().reversed() }

  /// The newest entries; of the file no more is read than holds them.
  ///
  /// - Parameters:
  ///   - limit: How many at most.
  ///   - last: The dictation that they came after; nil for all. One that is not in the history
  ///     counts by the time in its name.
  ///   - isWanted: Which ones; all by default.
  /// - Returns: The entries, the newest first.
  /// - Throws: An error naming the file, also where too much of it is something else.
  package func newest(
    _ limit: Int = .max, after last: String? = nil,
    where isWanted: (HistoryEntry) -> Bool = { _ in true }
  ) throws(ServiceError) -> [HistoryEntry] {
    let begin = last.flatMap(DictationName.begin(of:))
    guard isThere else { return [] }
    return try attempting("read") {
      var lines = try LinesFromEnd(of: FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK))
      var entries: [HistoryEntry] = []
      var strange = 0
      let decoder = Self.decoder
      while entries.count < limit, let line = try lines.next() {
        guard let entry = try? decoder.decode(HistoryEntry.self, from: line) else {
          strange += 1
          guard strange < Self.mostStrangeLines else { throw tooStrange }
          continue
        }
        if entry.id == last { break }
        // RFC 3339 in UTC sorts as text. What was recovered later may have begun long before.
        if let begin, entry.time < begin { continue }
        if isWanted(entry) { entries.append(entry) }
      }
      return entries
    }
  }

  /// Adds an entry at the end.
  ///
  /// - Throws: An error naming the file.
  package func append(_ entry: HistoryEntry) throws(ServiceError) {
    try locked { file in
      var line = try Self.encode(entry)
      // Behind a line that a crash cut short.
      let end = try file.status().size
      if end > 0, try !Self.endsWithNewline(file, end) { line.insert(0x0A, at: 0) }
      try line.withUnsafeBytes { try file.write($0, at: end) }
    }
  }

  /// Writes the file anew with the entries that a function keeps or changes.
  ///
  /// - Parameter change: What becomes of an entry; nil removes it.
  /// - Throws: An error naming the file.
  package func rewrite(_ change: (HistoryEntry) -> HistoryEntry?) throws(ServiceError) {
    guard isThere else { return }
    try locked { _ in
      let entries = try entries()
      let kept = entries.compactMap(change)
      guard kept != entries else { return }
      try replaceFile(path, with: kept.flatMap(Self.encode), mode: 0o600)
    }
  }

  /// Removes entries that are too old, and their recordings.
  ///
  /// - Parameter limit: The time of the oldest entry to keep.
  /// - Throws: An error naming the file.
  func forget(before limit: Date) throws(ServiceError) {
    let limit = limit.formatted(.iso8601)
    try rewrite { entry in
      // RFC 3339 in UTC sorts as text.
      guard entry.time < limit else { return entry }
      removeRecording(of: entry)
      return nil
    }
  }

  /// The recording of an entry, where it lies in the spool; any other file is none of ours,
  /// whatever the history says.
  package func recording(of entry: HistoryEntry) -> String? {
    guard let audio = entry.audio, let folder = FilePath(path).folder?.spelling else { return nil }
    return FilePath(audio).folder?.spelling == "\(folder)/spool" ? audio : nil
  }

  /// Removes the recording of an entry, where there is one.
  package func removeRecording(of entry: HistoryEntry) {
    if let recording = recording(of: entry) { unlink(recording) }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private static func encode(_ entry: HistoryEntry) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(entry) + [0x0A]
  }

  /// Whether a file of so many bytes, at least one, ends a line.
  private static func endsWithNewline(
    _ file: borrowing FileDescriptor, _ size: Int
  ) throws(Errno) -> Bool {
    var last: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &last) { byte throws(Errno) in
      try file.read(into: byte, at: size - 1)
    }
    return count == 1 && last == 0x0A
  }

  /// Lines that only look like entries, after which a file counts as something else: to look
  /// closely at each takes its time.
  private static let mostStrangeLines = 1_000

  private var tooStrange: ServiceError {
    ServiceError(
      code: .history,
      message: "\(path): more than \(Self.mostStrangeLines) lines are no dictations",
      hint: "move the file away, or remove what does not belong there")
  }

  private var isThere: Bool { (try? FileStatus(of: path)) != nil }

  /// Runs a body with the file open for reading and writing, and nobody else writing to it.
  private func locked(_ body: (borrowing FileDescriptor) throws -> Void) throws(ServiceError) {
    try attempting("written") {
      if let folder = FilePath(path).folder?.spelling { try makeFolders(folder) }
      // The lock is a file of its own: the other one may be replaced.
      let lock = try FileDescriptor(opening: "\(path).lock", O_RDWR | O_CREAT)
      try lock.lock(isWaiting: true)
      try withExtendedLifetime(lock) {
        try body(FileDescriptor(opening: path, O_RDWR | O_CREAT))
      }
    }
  }

  private func attempting<Result>(
    _ deed: String, _ body: () throws -> Result
  ) throws(ServiceError) -> Result {
    do {
      return try body()
    } catch let error as ServiceError {
      throw error
    } catch {
      throw ServiceError(
        code: .history,
        message: "\(path): cannot be \(deed): "
          + ((error as? Errno)?.description ?? error.localizedDescription),
        hint: "see who owns the file and whether the disk is full")
    }
  }
}
