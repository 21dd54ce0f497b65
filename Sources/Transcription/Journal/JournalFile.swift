internal import Foundation
internal import Glibc
internal import System

/// JSON lines in a file that grows with each thing that is done.
///
/// A line that a crash cut short counts as none.
struct JournalFile: Sendable {
  private let path: String
  private let file: Descriptor

  /// Copies of this value share the descriptor.
  private final class Descriptor: Sendable {
    let file: FileDescriptor
    init(_ file: consuming FileDescriptor) { self.file = file }
  }

  /// Bytes of the largest journal: some million recordings.
  private static let largest = 1 << 30

  /// Opens a journal, which no other run may use meanwhile.
  ///
  /// - Parameters:
  ///   - path: The file; folders that are missing are made.
  ///   - continues: Whether what is in it counts, or is forgotten.
  /// - Throws: `TranscriptionError.journal`; also where another run writes it.
  init(_ path: String, continues: Bool) throws(TranscriptionError) {
    self.path = path
    do throws(Errno) {
      if let folder = FilePath(path).folder?.spelling { try makeFolders(folder) }
      let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_APPEND)
      try file.lock()
      if !continues { try file.empty() }
      self.file = Descriptor(file)
    } catch {
      throw .journal(
        path: path, reason: error.code == EWOULDBLOCK ? "another run uses it" : error.description)
    }
  }

  /// What was noted, in that order; lines that are damaged, or of another kind, are left out.
  ///
  /// - Throws: `TranscriptionError.journal` where it cannot be read.
  func entries<Entry: Decodable>(_: Entry.Type) throws(TranscriptionError) -> [Entry] {
    let bytes: [UInt8]
    do throws(Errno) { bytes = try file.file.readAll(limit: Self.largest) } catch {
      throw .journal(path: path, reason: error.description)
    }
    let decoder = JSONDecoder()
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      try? decoder.decode(Entry.self, from: Data($0))
    }
  }

  /// Notes something; only one thread at a time may.
  ///
  /// - Throws: `TranscriptionError.journal`.
  func append(_ entry: some Encodable) throws(TranscriptionError) {
    do {
      // Behind a line that a crash cut short.
      let line = [UInt8(ascii: "\n")] + (try JSONEncoder().encode(entry))
      try file.file.write(line + [UInt8(ascii: "\n")])
    } catch {
      throw .journal(path: path, reason: "\(error)")
    }
  }
}
