/// That a recording was transcribed, and all that its transcript depends on.
package struct JournalEntry: Codable, Equatable, Sendable {
  /// What a run makes transcripts with.
  package struct Means: Codable, Hashable, Sendable {
    /// The model's file, its size and when it last changed.
    package var model: String
    /// Formats, rules, terms: whatever changes what is written.
    package var options: String
    /// The program's version.
    package var version: String

    /// All of them.
    package init(model: String, options: String, version: String) {
      (self.model, self.options, self.version) = (model, options, version)
    }
  }

  /// The recording, or a part of one.
  struct Source: Codable, Equatable {
    let path: String
    let offset: Double
    let duration: Double?
    /// Bytes.
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int
    /// A number for what is in it; nil where nobody asked for one.
    var content: String?

    /// Whether the recording is what it was, by its content where both know it, and otherwise by
    /// when it last changed.
    func isUnchanged(since old: Source) -> Bool {
      guard size == old.size else { return false }
      guard let content, let before = old.content else { return modified == old.modified }
      return content == before
    }
  }

  let source: Source
  /// The files that were written.
  let outputs: [String]
  let means: Means
}
