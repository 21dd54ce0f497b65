extension Dataset {
  /// Endings of recordings.
  private static let endings = ["sph", "wav", "flac"]

  /// Reads lines of recording, channel, speaker, begin, end, labels in angle brackets, and words.
  mutating func readTedLium() throws(EvaluationError) {
    let files = files()
    var recordings: [Substring: String] = [:]
    for file in files {
      guard let name = file.split(separator: "/").last, let dot = name.lastIndex(of: "."),
        Self.endings.contains(String(name[name.index(after: dot)...]))
      else { continue }
      recordings[name[..<dot]] = file
    }
    for file in files.filter({ $0.hasSuffix(".stm") }).sorted() {
      for (number, line) in Self.lines(try required(file)) where !line.hasPrefix(";;") {
        guard let columns = Self.columns(line, 5), let begin = Double(columns[3]),
          let end = Double(columns[4]), 0...31_536_000 ~= begin, 31_536_000 >= end, begin < end
        else {
          fail(file, number, "is no line of recording, channel, speaker, begin, end and words")
          continue
        }
        let words = Self.words(columns.count > 5 ? columns[5] : "")
        if words.contains("ignore_time_segment_in_scoring") { continue }
        guard let recording = recordings[Substring(columns[0])] else {
          fail(file, number, "there is no recording \(columns[0])")
          continue
        }
        add(
          recording, words.joined(separator: " "), from: file, line: number, offset: begin,
          duration: end - begin, fields: ["speaker": columns[2]])
      }
    }
  }

  /// The words, without labels and noises; endings that stand apart belong to the word before.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if word.hasPrefix("<") && word.hasSuffix(">") || word.hasPrefix("{") { continue }
      // Variants of a pronunciation are numbered: "the(2)".
      let plain = word.hasSuffix(")") ? word.prefix { $0 != "(" } : word
      if plain.hasPrefix("'"), let last = words.popLast() {
        words.append(last + plain)
      } else if !plain.isEmpty {
        words.append(String(plain))
      }
    }
    return words
  }
}
