import Checkpoint
import Formatting
import Models
import Recognition
import Service
import System
import Transcription
import Vocabulary

/// What decides how transcripts of a run read, for its journal.
struct RunMeans {
  let model: String
  let decoder: DecoderChoice?
  let precision: Precision?
  let fullContext: Bool
  /// Channels and track.
  let sound: String
  let formats: [OutputFormat]
  let highlightsWords: Bool
  let settings: FormattingSettings
  let terms: [Term]
  let judging: Judging?
  let isBiased: Bool
  /// How tokens are searched for.
  let search: String

  /// The same in words that can be compared.
  var description: JournalEntry.Means {
    // What the files beside a recording are called makes terms too, and transcripts are such files.
    let terms = terms.filter { $0.origin != .automatic }
    let words = [
      formats.map(\.rawValue).joined(separator: ","), decoder?.rawValue ?? "",
      precision?.rawValue ?? "", "\(fullContext)", sound,
      "\(highlightsWords)",
      settings.rules.map { "\($0)" }.sorted().joined(separator: ","),
      "\(settings.replacements)", terms.map(VocabularyList.line).joined(separator: "\n"),
      judging.map { "\($0.caution) \($0.floor)" } ?? "", "\(isBiased)", search,
    ]
    return JournalEntry.Means(
      model: modelIdentity(model), options: fingerprint(words.joined(separator: "\u{1F}")),
      version: Program.version)
  }
}

/// A model's file, its size and when it changed; only its name where it cannot be found, for the
/// run will say so.
func modelIdentity(_ model: String) -> String {
  guard let path = try? ModelStore().resolve(model) else { return model }
  let weights = "\(path)/model.safetensors"
  guard let status = try? FileStatus(of: weights) else {
    let status = try? FileStatus(of: path)
    return "\(path) \(status?.size ?? 0) \(status?.modified ?? 0)"
  }
  return "\(path) \(status.size) \(status.modified)"
}

/// A number that tells texts apart.
func fingerprint(_ text: String) -> String { ContentHash(of: text.utf8).description }
