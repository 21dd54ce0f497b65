internal import System

/// What was heard by now, so that a comparison that ended early can go on.
package final class HearingJournal {
  /// A recording that was heard in some way.
  private struct Entry: Codable {
    let source: JournalEntry.Source
    let means: JournalEntry.Means
    let heard: HeardRecording
  }

  /// What tells entries apart.
  private struct Key: Hashable {
    let path: FilePath
    let offset: Double
    let duration: Double?
    let means: JournalEntry.Means

    init(_ source: JournalEntry.Source, _ means: JournalEntry.Means) {
      (path, offset) = (FilePath(source.path), source.offset)
      (duration, self.means) = (source.duration, means)
    }
  }

  private let file: JournalFile
  private var entries: [Key: Entry]

  /// Opens a journal.
  ///
  /// - Parameters:
  ///   - path: The file; folders that are missing are made.
  ///   - continues: Whether what is in it counts, or is forgotten.
  /// - Throws: `TranscriptionError.journal`; also where another run writes it.
  package init(_ path: String, continues: Bool) throws(TranscriptionError) {
    file = try JournalFile(path, continues: continues)
    entries = try file.entries(Entry.self).reduce(into: [:]) { entries, entry in
      entries[Key(entry.source, entry.means)] = entry
    }
  }

  /// What was heard in a recording that is what it was then.
  func heard(_ source: JournalEntry.Source, _ means: JournalEntry.Means) -> HeardRecording? {
    guard let entry = entries[Key(source, means)], source.isUnchanged(since: entry.source) else {
      return nil
    }
    return entry.heard
  }

  /// Notes what was heard.
  ///
  /// - Throws: `TranscriptionError.journal`.
  func note(
    _ heard: HeardRecording, _ source: JournalEntry.Source, _ means: JournalEntry.Means
  ) throws(TranscriptionError) {
    let entry = Entry(source: source, means: means, heard: heard)
    try file.append(entry)
    entries[Key(source, means)] = entry
  }
}
