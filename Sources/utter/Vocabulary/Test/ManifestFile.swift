import Evaluation
import Foundation
import System

/// A manifest on the disk.
struct ManifestFile {
  /// What it says.
  let manifest: Manifest

  /// Reads a manifest and looks whether its recordings are there.
  ///
  /// - Parameters:
  ///   - path: JSON lines; Facebook's lists where it ends in `.tsv`.
  ///   - recordings: The folder below which those of a `.tsv` lie; nil for that of the file.
  /// - Throws: `EvaluationError`.
  init(_ path: String, recordings: String?) throws(EvaluationError) {
    if path.hasSuffix(".tsv") {
      let folder =
        recordings ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
      manifest = try Manifest(
        biasingLists: try Self.text(of: path), path: path,
        recordings: Self.recordings(below: folder))
    } else {
      manifest = try Self.manifest(at: path)
    }
    for entry in manifest.entries where (try? FileStatus(of: entry.recording)) == nil {
      throw .noRecording(path: path, number: entry.line, recording: entry.recording)
    }
  }

  /// Reads JSON lines, whether their recordings are there or not.
  ///
  /// - Parameters:
  ///   - path: The file; "-" is standard input, whose recordings lie in the current folder.
  ///   - needsText: Whether each line must have `text`.
  ///   - isPatient: Whether lines that are wrong are left out.
  /// - Returns: The manifest.
  /// - Throws: `EvaluationError`.
  static func manifest(
    at path: String, needsText: Bool = true, isPatient: Bool = false
  ) throws(EvaluationError) -> Manifest {
    try Manifest(
      jsonLines: try text(of: path), path: shownName(ofInput: path),
      needsText: needsText, isPatient: isPatient)
  }

  private static func text(of path: String) throws(EvaluationError) -> String {
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try readInput(path)
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "is not UTF-8")
    }
    return text
  }

  /// Files by their names without the ending.
  private static func recordings(below folder: String) -> [String: String] {
    let files = FileManager.default.enumerator(atPath: folder)
    var paths: [String: String] = [:]
    while let file = files?.nextObject() as? String {
      let url = URL(fileURLWithPath: folder).appending(path: file)
      paths[url.deletingPathExtension().lastPathComponent] = url.path
    }
    return paths
  }
}
