extension Dataset {
  /// Reads `84/121123/84-121123.trans.txt` and its like: a line is a name and what is said.
  mutating func readLibriSpeech() throws(EvaluationError) {
    for file in files().filter({ $0.hasSuffix(".trans.txt") }).sorted() {
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      for (number, line) in Self.lines(try required(file)) {
        guard let columns = Self.columns(line, 1), let name = columns.first,
          let speaker = name.split(separator: "-").first
        else {
          fail(file, number, "has no name of a recording")
          continue
        }
        add(
          folder.isEmpty ? "\(name).flac" : "\(folder)/\(name).flac",
          columns.count > 1 ? columns[1] : "", from: file, line: number,
          fields: ["speaker": String(speaker)])
      }
    }
  }
}
