internal import Foundation

/// Recordings with what is said in them: NeMo's manifests, and Facebook's lists for LibriSpeech.
package struct Manifest: Sendable {
  /// Where it lies.
  package let path: String
  /// What it names, in its order.
  package let entries: [ManifestEntry]
  /// Lines that are wrong, where that is no reason to leave the others.
  package private(set) var problems: [EvaluationError] = []

  /// Recordings that were found otherwise than by a manifest.
  ///
  /// - Parameters:
  ///   - entries: The recordings.
  ///   - path: Where they were looked for.
  ///   - problems: What was found there and is none.
  package init(_ entries: [ManifestEntry], path: String, problems: [EvaluationError]) {
    (self.entries, self.path, self.problems) = (entries, path, problems)
  }

  /// Reads JSON lines.
  ///
  /// A line is an object with `audio_filepath`, relative to the manifest's folder, and `text`; it
  /// may have `offset` and `duration` in seconds, and `vocabulary`, the lines of a list. Empty
  /// lines are skipped, other fields kept where they are texts or numbers.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - path: Where it lies.
  ///   - needsText: Whether a line without `text` is wrong; else nothing is said there.
  ///   - isPatient: Whether lines that are wrong are left out and become `problems`, as long as
  ///     there are others.
  /// - Throws: `EvaluationError` about the first line that is wrong.
  package init(
    jsonLines text: String, path: String, needsText: Bool = true, isPatient: Bool = false
  ) throws(EvaluationError) {
    self.path = path
    var problems: [EvaluationError] = []
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { path[...$0] } ?? ""
    entries = try Self.entries(
      of: text, path: path, leftOut: isPatient ? { problems.append($0) } : nil
    ) { line throws(EvaluationError) in
      let object = try ManifestObject(
        line.text, line: line.number, path: path, needsText: needsText)
      return ManifestEntry(
        line: line.number,
        recording: object.recording.utf8.first == UInt8(ascii: "/")
          ? object.recording : folder + object.recording,
        offset: object.offset, duration: object.duration, text: object.text,
        vocabulary: object.vocabulary, fields: object.fields, object: object.json)
    }
    self.problems = problems
  }

  /// Reads the lists that Facebook published for LibriSpeech (`fbai-speech`).
  ///
  /// A line has four columns with tabs between them: the utterance's name, what is said, its rare
  /// words, and these among words that are not said, the last two as JSON.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - path: Where it lies.
  ///   - recordings: Paths of recordings by utterance.
  /// - Throws: `EvaluationError` about the first line that is wrong.
  package init(
    biasingLists text: String, path: String, recordings: [String: String]
  ) throws(EvaluationError) {
    self.path = path
    entries = try Self.entries(of: text, path: path) { line throws(EvaluationError) in
      let columns = line.text.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == 4 else {
        throw .line(
          path: path, number: line.number, reason: "has \(columns.count) columns and not four")
      }
      guard let list = try? JSONDecoder().decode([String].self, from: Data(columns[3].utf8)) else {
        throw .line(
          path: path, number: line.number, reason: "its last column is no list of words")
      }
      let name = String(columns[0])
      guard let recording = recordings[name] else {
        throw .noRecording(path: path, number: line.number, recording: name)
      }
      return ManifestEntry(
        line: line.number, recording: recording, text: String(columns[1]), vocabulary: list)
    }
  }

  private static func entries(
    of text: String, path: String, leftOut: ((EvaluationError) -> Void)? = nil,
    _ entry: (_ line: (number: Int, text: Substring)) throws(EvaluationError) -> ManifestEntry
  ) throws(EvaluationError) -> [ManifestEntry] {
    var entries: [ManifestEntry] = []
    var first: EvaluationError?
    // Lines end as in JSON lines: other line breaks of Unicode may stand in a text.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
      do throws(EvaluationError) {
        let entry = try entry((index + 1, line))
        if entry.text.utf8.count > ManifestEntry.longestText {
          throw .line(path: path, number: index + 1, reason: "its text is too long to be aligned")
        }
        entries.append(entry)
      } catch {
        guard let leftOut else { throw error }
        first = first ?? error
        leftOut(error)
      }
    }
    guard !entries.isEmpty else { throw first ?? .empty(path: path) }
    return entries
  }
}
