/// Puts recordings together that have something in common.
struct RecordingGrouping {
  private let fields: [String]

  /// Recordings have the same text in one of these fields, or about the same length.
  init(_ fields: [String]) { self.fields = fields }

  /// Ends of lengths in seconds, and what is shorter.
  private static let lengths: [(end: Double, name: String)] = [
    (2, "under 2 s"), (5, "2 to 5 s"), (15, "5 to 15 s"), (60, "15 to 60 s"),
    (.infinity, "over 60 s"),
  ]

  /// Groups of a field that are shown: those with the most recordings.
  private static let most = 60

  /// All groups, field by field; none for a field in which all are the same.
  func groups(
    of scores: [RecordingScores]
  ) -> [(field: String, value: String, scores: [RecordingScores])] {
    var groups: [(field: String, value: String, scores: [RecordingScores])] = []
    for field in fields {
      let known = scores.filter { $0.recording.entry.fields[field] != nil }
      let byValue = Dictionary(grouping: known) { $0.recording.entry.fields[field] ?? "" }
      let largest = byValue.filter { $0.value.count < scores.count }
        .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.most)
      groups += largest.sorted { $0.key < $1.key }.map { (field, $0.key, $0.value) }
    }
    for (index, length) in Self.lengths.enumerated() {
      let start = index > 0 ? Self.lengths[index - 1].end : 0
      let some = scores.filter { start..<length.end ~= $0.recording.seconds }
      if !some.isEmpty, some.count < scores.count { groups.append(("length", length.name, some)) }
    }
    return groups
  }
}
