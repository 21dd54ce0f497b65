extension Dataset {
  /// Reads a table whose first line names its columns, `path` and `sentence` among them.
  mutating func readCommonVoice(_ table: String) throws(EvaluationError) {
    let lines = Self.lines(try required(table))
    let heads = lines.first.map { Self.cells($0.text) } ?? []
    guard let path = heads.firstIndex(of: "path"), let sentence = heads.firstIndex(of: "sentence")
    else {
      throw .line(
        path: "\(self.path)/\(table)", number: lines.first?.number ?? 1,
        reason: "names no columns \"path\" and \"sentence\"")
    }
    for (number, line) in lines.dropFirst() {
      let cells = Self.cells(line)
      guard cells.count > max(path, sentence), !cells[path].isEmpty else {
        fail(table, number, "has \(cells.count) columns and not \(heads.count)")
        continue
      }
      var fields: [String: String] = [:]
      for (head, field) in [
        ("client_id", "speaker"), ("locale", "lang"), ("accents", "accent"), ("gender", "gender"),
        ("age", "age"),
      ] {
        guard let column = heads.firstIndex(of: head), column < cells.count else { continue }
        // Names of speakers are numbers of 128 digits, of which the first tell them apart.
        if !cells[column].isEmpty { fields[field] = String(cells[column].prefix(32)) }
      }
      add("clips/\(cells[path])", cells[sentence], from: table, line: number, fields: fields)
    }
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}
