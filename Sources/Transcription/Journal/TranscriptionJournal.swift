internal import Glibc
internal import System

/// What a run of many recordings has done, so that another can go on after it.
///
/// A line is written when all files of its transcript are; without one the recording is done again.
/// Any thread may ask it and note in it.
package final class TranscriptionJournal: Sendable {
  /// What is to be done with a recording.
  enum Verdict: Equatable {
    /// Nothing was done yet.
    case new
    /// Nothing is to be done.
    case done
    /// It was done, and has to be done again, for a reason.
    case stale(reason: String)
  }

  /// Whether what is in a recording tells that it has changed, and not when it last did.
  let readsContents: Bool
  /// Whether what was done stays done, with whatever it was made and wherever it has gone.
  private let isFinal: Bool
  private let means: JournalEntry.Means
  private let file: JournalFile
  /// The last for each first output, and whose turn it is to write.
  private let entries: Monitor<[FilePath: JournalEntry]>

  /// Opens a journal.
  ///
  /// - Parameters:
  ///   - path: The file; folders that are missing are made.
  ///   - means: What transcripts are made with now.
  ///   - continues: Whether what is in it counts, or is forgotten.
  ///   - readsContents: Whether what is in a recording tells that it has changed, where that was
  ///     noted, and not when it last did.
  ///   - isFinal: Whether what was done stays done as long as the recording is what it was, with
  ///     whatever it was made and wherever its transcript has gone.
  /// - Throws: `TranscriptionError.journal`; also where another run writes it.
  package init(
    _ path: String, means: JournalEntry.Means, continues: Bool, readsContents: Bool = false,
    isFinal: Bool = false
  ) throws(TranscriptionError) {
    self.isFinal = isFinal
    self.readsContents = readsContents
    self.means = means
    file = try JournalFile(path, continues: continues)
    entries = Monitor(
      try file.entries(JournalEntry.self).reduce(into: [:]) { entries, entry in
        if let output = entry.outputs.first { entries[FilePath(output)] = entry }
      })
  }

  /// Compares what was done with what would be done now.
  ///
  /// - Parameters:
  ///   - source: What the recording is now; nil for what is no file.
  ///   - outputs: The files that its transcript goes to.
  /// - Returns: What is to be done with the recording.
  func verdict(of source: JournalEntry.Source?, outputs: [String]) -> Verdict {
    guard let output = outputs.first, let source,
      let entry = entries.withLock({ $0[FilePath(output)] })
    else { return .new }
    let old = entry.source
    if FilePath(old.path) != FilePath(source.path) || old.offset != source.offset
      || old.duration != source.duration
    {
      return .stale(reason: "its transcript was another recording's")
    }
    if !source.isUnchanged(since: old) { return .stale(reason: "it has changed") }
    if isFinal { return .done }
    if entry.means.model != means.model { return .stale(reason: "the model is another one") }
    if entry.means.options != means.options { return .stale(reason: "the options are others") }
    if entry.means.version != means.version {
      return .stale(reason: "this version is another one")
    }
    guard entry.outputs.map({ FilePath($0) }) == outputs.map({ FilePath($0) }),
      outputs.allSatisfy({ (try? FileStatus(of: $0)) != nil })
    else { return .stale(reason: "its transcript is gone") }
    return .done
  }

  /// The recording whose transcript was written to these files; nil where none was.
  package func owner(of outputs: [String]) -> String? {
    outputs.first.flatMap { output in entries.withLock { $0[FilePath(output)]?.source.path } }
  }

  /// Notes that a recording is done.
  ///
  /// - Parameters:
  ///   - source: What the recording was before it was read.
  ///   - outputs: The files that its transcript went to.
  /// - Throws: `TranscriptionError.journal`.
  func note(
    _ source: JournalEntry.Source, outputs: [String]
  ) throws(TranscriptionError) {
    let entry = JournalEntry(source: source, outputs: outputs, means: means)
    try entries.withLock { entries throws(TranscriptionError) in
      try file.append(entry)
      if let output = outputs.first { entries[FilePath(output)] = entry }
    }
  }
}

extension JournalEntry.Source {
  /// Bytes that are read at a time.
  private static let step = 1 << 20

  /// What a recording is now; nil for what is no file.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - readsContent: Whether to read all of it.
  init?(_ input: TranscriptionInput, readsContent: Bool) {
    guard input.path != "-", let status = try? FileStatus(of: input.path),
      status.kind == .regular
    else { return nil }
    self.init(
      path: input.path, offset: input.part.offset, duration: input.part.duration,
      size: status.size, modified: status.modified)
    // What cannot be read will fail for that when it is heard.
    if readsContent { content = try? Self.content(of: input.path) }
  }

  private static func content(of path: String) throws(Errno) -> String {
    let file = try FileDescriptor(opening: path, O_RDONLY)
    var hash = ContentHash()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
    defer { block.deallocate() }
    while case let count = try file.read(into: block), count > 0 {
      hash.combine(block[..<count])
    }
    return hash.description
  }
}
