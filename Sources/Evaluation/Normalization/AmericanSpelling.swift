internal import CSpellings

/// American spellings of words that are written otherwise in Britain.
struct AmericanSpelling: Sendable {
  private let spellings: [String: String]

  /// Reads the list that is part of the program.
  init() {
    let bytes = UnsafeBufferPointer(start: cspellings_text(), count: cspellings_count())
    var spellings: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where !line.hasPrefix("#") {
      let pair = line.split(separator: "\t")
      if pair.count == 2 { spellings[String(pair[0])] = String(pair[1]) }
    }
    self.spellings = spellings
  }

  /// A word in lower case as it is spelled in America.
  func american(_ word: String) -> String { spellings[word] ?? word }
}
