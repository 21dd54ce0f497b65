extension Dataset {
  /// Reads the tables of a data folder, whose first column is the utterance or the recording.
  mutating func readKaldi() throws(EvaluationError) {
    var recordings: [String: String] = [:]
    for (number, line) in Self.lines(try required("wav.scp")) {
      guard let columns = Self.columns(line, 2) else {
        fail("wav.scp", number, "has no path")
        continue
      }
      let path = columns.dropFirst().joined(separator: " ")
      if path.hasSuffix("|") {
        fail("wav.scp", number, "is a command, and those are not run")
      } else {
        recordings[columns[0]] = path
      }
    }
    let segments = try segments()
    let speakers = try text("utt2spk").map(Self.lines)?.compactMap { Self.columns($0.text, 2) }
    let bySpeaker = Dictionary(speakers?.map { ($0[0], $0[1]) } ?? []) { first, _ in first }
    for (number, line) in Self.lines(try required("text")) {
      guard let columns = Self.columns(line, 1), let utterance = columns.first else { continue }
      let part = segments?[utterance]
      guard segments == nil || part != nil else {
        fail("text", number, "segments has no \(utterance)")
        continue
      }
      guard let path = recordings[part?.recording ?? utterance] else {
        fail("text", number, "wav.scp has no recording for \(utterance)")
        continue
      }
      add(
        path, columns.count > 1 ? columns[1] : "", from: "text", line: number,
        offset: part?.begin ?? 0, duration: part.map { $0.end - $0.begin },
        fields: bySpeaker[utterance].map { ["speaker": $0] } ?? [:])
    }
  }

  private typealias Segment = (recording: String, begin: Double, end: Double)

  /// Parts of recordings by utterance; nil where each recording is one utterance.
  private mutating func segments() throws(EvaluationError) -> [String: Segment]? {
    guard let text = try text("segments") else { return nil }
    var segments: [String: Segment] = [:]
    for (number, line) in Self.lines(text) {
      guard let columns = Self.columns(line, 4), let begin = Double(columns[2]),
        let end = Double(columns[3]), 0...31_536_000 ~= begin, 31_536_000 >= end, begin < end
      else {
        fail("segments", number, "is no line of utterance, recording, begin and end")
        continue
      }
      segments[columns[0]] = (columns[1], begin, end)
    }
    return segments
  }
}
