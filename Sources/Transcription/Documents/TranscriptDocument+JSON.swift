extension TranscriptDocument {
  /// The document as JSON, on one line without its end, names sorted.
  ///
  /// Times are in seconds with three places, `frame` and the `duration` of tokens in encoder
  /// frames.
  var json: TextPieces {
    TextPieces(
      joining: TextPieces("{"),
      TextPieces(
        alternatives.map { "\"alternatives\":\(JSONText.array($0.map(\.json)))," } ?? ""),
      TextPieces("\"duration\":\(JSONText.number(duration))"),
      TextPieces(",\"file\":\(JSONText.string(file))"),
      TextPieces(",\"model\":\(JSONText.string(model))"),
      TextPieces(offset.map { ",\"offset\":\(JSONText.number($0))" } ?? ""),
      TextPieces(",\"precision\":\(JSONText.string(precision))"),
      TextPieces(",\"raw\":\(JSONText.string(raw))"),
      TextPieces(",\"rtf\":\(JSONText.number(rtf))"),
      TextPieces(",\"segments\":"), TextPieces(jsonArray: segments.lazy.map(\.json)),
      TextPieces(",\"terms\":"), TextPieces(jsonArray: terms.lazy.map(JSONText.string)),
      TextPieces(",\"text\":\(JSONText.string(text))"),
      TextPieces(",\"timing_ms\":\(timing.json)"),
      TextPieces(",\"tokens\":"),
      TextPieces(jsonArray: tokens.lazy.map { [pieces] in $0.json(pieces[$0.id] ?? "") }),
      TextPieces(
        warnings.map { ",\"warnings\":\(JSONText.array($0.map(JSONText.string)))" } ?? ""),
      TextPieces(",\"words\":"), TextPieces(jsonArray: words.lazy.map(\.json)),
      TextPieces("}"))
  }
}

extension TranscriptDocument.Alternative {
  fileprivate var json: String {
    JSONText.object(["score": JSONText.number(score), "text": JSONText.string(text)])
  }
}

extension TranscriptDocument.Segment {
  fileprivate var json: String {
    JSONText.object([
      "channel": channel?.description, "end": JSONText.number(end),
      "start": JSONText.number(start), "text": JSONText.string(text),
    ])
  }
}

extension TranscriptDocument.Token {
  /// The token as JSON, given its spelling.
  fileprivate func json(_ piece: String) -> String {
    JSONText.object([
      "channel": channel?.description, "confidence": JSONText.number(confidence),
      "duration": "\(duration)", "frame": "\(frame)", "id": "\(id)",
      "logprob": JSONText.number(logprob), "piece": JSONText.string(piece),
    ])
  }
}

extension TranscriptDocument.Timing {
  fileprivate var json: String {
    JSONText.object([
      "decoder": JSONText.number(decoder), "encoder": JSONText.number(encoder),
      "features": JSONText.number(features), "formatting": JSONText.number(formatting),
      "load": JSONText.number(load), "total": JSONText.number(total),
    ])
  }
}

extension TimedWord {
  fileprivate var json: String {
    JSONText.object([
      "channel": channel?.description, "confidence": JSONText.number(confidence),
      "end": JSONText.number(end), "start": JSONText.number(start), "word": JSONText.string(word),
    ])
  }
}
