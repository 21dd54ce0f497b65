internal import Foundation

/// A line of NeMo's manifests, with what was heard as `pred_text`.
enum ManifestLine {
  /// The line of a recording: what a manifest said of it stays, and what it lacks is added.
  static func line(of document: TranscriptDocument) -> TextPieces {
    var members = given(document.manifestLine)
    members["audio_filepath"] = members["audio_filepath"] ?? JSONText.string(document.file)
    members["duration"] = members["duration"] ?? JSONText.number(document.duration)
    members["pred_text"] = JSONText.string(document.text)
    let pieces = members.sorted { $0.key < $1.key }.enumerated().lazy.map { index, member in
      "\(index == 0 ? "{" : ",")\(JSONText.string(member.key)):\(member.value)"
    }
    return TextPieces(joining: TextPieces(pieces), TextPieces("}\n"))
  }

  /// The members of a manifest's line, each value as JSON; whoever read the manifest has found them
  /// to be well.
  private static func given(_ line: String?) -> [String: String] {
    let object = line.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
    return (object as? [String: Any] ?? [:]).compactMapValues { value in
      let data = try? JSONSerialization.data(
        withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
      return data.map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
