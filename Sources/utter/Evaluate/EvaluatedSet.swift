import Evaluation
import System
import Transcription
import Vocabulary

/// The recordings of an evaluation, and what of its manifest takes no part.
struct EvaluatedSet {
  /// A recording, and the terms that are looked for in it.
  struct Recording {
    let entry: ManifestEntry
    let terms: TermSet
    /// Its name for people.
    let name: String
  }

  /// Where they were found.
  let path: String
  /// The recordings.
  private(set) var recordings: [Recording] = []
  /// What takes no part, and why.
  private(set) var problems: [Failure] = []

  /// Takes all recordings of a manifest that are there.
  ///
  /// - Parameters:
  ///   - manifest: The manifest; lines that are wrong are among its problems.
  ///   - terms: Terms of all recordings.
  /// - Throws: The first problem where no recording is left.
  init(_ manifest: Manifest, terms: [Term]) throws {
    path = manifest.path
    problems = manifest.problems.map { Failure(any: $0) }
    let common = TermSet(terms.map(\.spelling))
    var last: (lines: [String], terms: TermSet) = ([], common)
    for entry in manifest.entries {
      do {
        if (try? FileStatus(of: entry.recording)) == nil {
          throw EvaluationError.noRecording(
            path: path, number: entry.line, recording: entry.recording)
        }
        if entry.vocabulary != last.lines {
          let own = VocabularyList(
            Array(entry.vocabulary.joined(separator: "\n").utf8),
            file: "\(path):\(entry.line): vocabulary", origin: .request)
          last = (
            entry.vocabulary, common.adding(try VocabularyFiles.terms(of: own).map(\.spelling))
          )
        }
        recordings.append(Recording(entry: entry, terms: last.terms, name: Self.name(of: entry)))
      } catch {
        problems.append(Failure(any: error))
      }
    }
    if recordings.isEmpty {
      throw problems.first ?? Failure(any: EvaluationError.empty(path: path))
    }
  }

  /// Tells what takes no part, and what figures are to be read with.
  ///
  /// - Parameter rules: How texts are made alike.
  func tellProblems(_ rules: TextNormalizer) {
    for problem in problems { report(problem) }
    for recording in recordings
    where recording.entry.text.allSatisfy({ $0.isWhitespace }) {
      tell("\(recording.name): nothing is said in it: what is heard there is put in")
    }
    let languages = Set(recordings.compactMap { $0.entry.language })
    let others = languages.filter { rules.forLanguage($0).rules != rules.rules }
    if !others.isEmpty {
      tell(
        "\(path): recordings in \(others.sorted().joined(separator: ", ")) are compared by the "
          + "rules basic, the others by \(rules.rules.rawValue)")
    }
  }

  /// What is heard.
  var tasks: [HearingTask] {
    recordings.map {
      HearingTask(
        path: $0.entry.recording, offset: $0.entry.offset, duration: $0.entry.duration,
        terms: $0.entry.vocabulary)
    }
  }

  private static func name(of entry: ManifestEntry) -> String {
    let path = PathSpelling.shown(entry.recording)
    guard entry.offset > 0 || entry.duration != nil else { return path }
    let end = entry.duration.map { " to \(clock(entry.offset + $0))" } ?? ""
    return entry.offset > 0 ? "\(path) from \(clock(entry.offset))\(end)" : path
  }
}
