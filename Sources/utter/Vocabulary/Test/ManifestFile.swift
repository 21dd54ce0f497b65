import Evaluation
import Foundation

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
    let text = try Self.text(of: path)
    if path.hasSuffix(".tsv") {
      let folder =
        recordings ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
      manifest = try Manifest(
        biasingLists: text, path: path, recordings: Self.recordings(below: folder))
    } else {
      manifest = try Manifest(jsonLines: text, path: path)
    }
    for entry in manifest.entries
    where !FileManager.default.fileExists(atPath: entry.recording) {
      throw .noRecording(path: path, number: entry.line, recording: entry.recording)
    }
  }

  private static func text(of path: String) throws(EvaluationError) -> String {
    do {
      return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      throw .unreadable(path: path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile: "no such file"
    case .fileReadInapplicableStringEncoding: "is not UTF-8"
    default: error.localizedDescription
    }
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
