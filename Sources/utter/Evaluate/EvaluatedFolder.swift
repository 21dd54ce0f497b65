import Evaluation
import Foundation
import System
import Transcription

/// Recordings in a folder, with what is said in each in a text file beside it.
struct EvaluatedFolder {
  /// What was found: entries without lines of a manifest.
  let manifest: Manifest

  /// Looks for recordings, and for files of the same names that end in `.txt`.
  ///
  /// - Parameter path: The folder; those in it are looked into as well.
  /// - Throws: `EvaluationError` or `TranscriptionError` where there is no recording with a text.
  init(_ path: String) throws {
    var collection = InputCollection()
    collection.add(path)
    if collection.inputs.isEmpty, let failure = collection.failures.first { throw failure }
    var entries: [ManifestEntry] = []
    var problems: [EvaluationError] = []
    for input in collection.inputs {
      do throws(EvaluationError) {
        entries.append(
          ManifestEntry(
            line: entries.count + 1, recording: input.path, text: try Self.text(of: input.path),
            vocabulary: []))
      } catch {
        problems.append(error)
      }
    }
    guard !entries.isEmpty else { throw problems.first ?? .empty(path: path) }
    manifest = Manifest(entries, path: path, problems: problems)
  }

  private static func text(of recording: String) throws(EvaluationError) -> String {
    let url = URL(fileURLWithPath: recording)
    let name = url.deletingPathExtension().lastPathComponent + ".txt"
    let folder = FilePath(recording).folder?.spelling ?? "."
    let path = "\(folder)/\(name)"
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try readInput(path, limit: ManifestEntry.longestText)
    } catch {
      throw .noText(recording: recording, path: path, reason: error.description)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "is not UTF-8")
    }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
