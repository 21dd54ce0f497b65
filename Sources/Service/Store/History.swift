internal import Foundation
internal import Glibc

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
  /// - Throws: An error naming the file.
  package func newest(
    _ limit: Int = .max, after last: String? = nil,
    where isWanted: (HistoryEntry) -> Bool = { _ in true }
  ) throws(ServiceError) -> [HistoryEntry] {
    let begin = last.flatMap(DictationName.begin(of:))
    guard access(path, F_OK) == 0 else { return [] }
    return try attempting("read") {
      var lines = try LinesFromEnd(of: try Self.openFile(path, O_RDONLY | O_NONBLOCK))
      var entries: [HistoryEntry] = []
      let decoder = Self.decoder
      while entries.count < limit, let line = try lines.next() {
        guard let entry = try? decoder.decode(HistoryEntry.self, from: line) else { continue }
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
      if try file.seekToEnd() > 0, try !Self.endsWithNewline(file) { line.insert(0x0A, at: 0) }
      try file.seekToEnd()
      try file.write(contentsOf: line)
    }
  }

  /// Writes the file anew with the entries that a function keeps or changes.
  ///
  /// - Parameter change: What becomes of an entry; nil removes it.
  /// - Throws: An error naming the file.
  package func rewrite(_ change: (HistoryEntry) -> HistoryEntry?) throws(ServiceError) {
    guard access(path, F_OK) == 0 else { return }
    try locked { _ in
      let entries = try entries()
      let kept = entries.compactMap(change)
      guard kept != entries else { return }
      try Self.replace(path, with: try kept.reduce(into: Data()) { $0 += try Self.encode($1) })
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
      entry.removeAudio()
      return nil
    }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private static func encode(_ entry: HistoryEntry) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(entry) + [0x0A]
  }

  private static func endsWithNewline(_ file: FileHandle) throws -> Bool {
    try file.seek(toOffset: try file.seekToEnd() - 1)
    return try file.read(upToCount: 1)?.first == 0x0A
  }

  /// Another file in its place, complete or not at all.
  private static func replace(_ path: String, with content: Data) throws {
    let new = "\(path).new"
    let file = try openFile(new)
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: content)
    try file.synchronize()
    guard rename(new, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  private static func openFile(
    _ path: String, _ mode: Int32 = O_RDWR | O_CREAT
  ) throws -> FileHandle {
    let file = open(path, mode | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return FileHandle(fileDescriptor: file, closeOnDealloc: true)
  }

  /// Runs a body with the file open for reading and writing, and nobody else writing to it.
  private func locked(_ body: (FileHandle) throws -> Void) throws(ServiceError) {
    try attempting("written") {
      let folder = URL(filePath: path).deletingLastPathComponent().path
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // The lock is a file of its own: the other one may be replaced.
      let lock = try Self.openFile("\(path).lock")
      guard flock(lock.fileDescriptor, LOCK_EX) == 0 else {
        throw POSIXError(.init(rawValue: errno) ?? .EIO)
      }
      try withExtendedLifetime(lock) { try body(try Self.openFile(path)) }
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
        message: "\(path): cannot be \(deed): \(error.localizedDescription)",
        hint: "see who owns the file and whether the disk is full")
    }
  }
}

extension HistoryEntry {
  /// Removes the recording, where there is one.
  package func removeAudio() { if let audio { unlink(audio) } }
}
