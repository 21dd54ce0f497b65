internal import Foundation

/// A line of NeMo's manifests, with what was heard as `pred_text`.
enum ManifestLine {
  /// The line of a recording: what a manifest said of it stays, and what it lacks is added.
  ///
  /// - Throws: `TranscriptionError.unwritable` where there is no JSON for it.
  static func line(of document: TranscriptDocument) throws(TranscriptionError) -> String {
    do {
      let given = try document.manifestLine.map {
        try JSONSerialization.jsonObject(with: Data($0.utf8))
      }
      var object = given as? [String: Any] ?? [:]
      object["audio_filepath"] = object["audio_filepath"] ?? document.file
      object["duration"] = object["duration"] ?? document.duration
      object["pred_text"] = document.text
      let data = try JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self)
    } catch {
      throw .unwritable(path: document.file, reason: error.localizedDescription)
    }
  }
}
