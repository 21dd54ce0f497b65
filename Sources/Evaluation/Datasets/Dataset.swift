/// How a public set of recordings lies on the disk.
package enum DatasetFormat: String, CaseIterable, Sendable {
  /// Folders by speaker and chapter, with a `.trans.txt` in each (Panayotov et al. 2015).
  case librispeech
  /// A table, `test.tsv` unless another one is named, and the folder `clips` (Ardila et al. 2020).
  case commonvoice
  /// `.stm` files and the recordings that they cut up (Rousseau et al. 2012).
  case tedlium
  /// `wav.scp` and `text`, and perhaps `segments` and `utt2spk` (Povey et al. 2011).
  case kaldi
}

/// A public set of recordings, as far as its format tells.
package struct Dataset {
  /// Its folder, or the file of it that was named.
  let path: String
  /// Paths of all files in the folder, from there.
  let files: () -> [String]
  /// The text of a file in the folder; nil where there is none of that name.
  let text: (String) throws(EvaluationError) -> String?

  private(set) var entries: [ManifestEntry] = []
  private(set) var problems: [EvaluationError] = []

  /// A set whose files somebody else reads.
  ///
  /// - Parameters:
  ///   - path: Its folder.
  ///   - files: Lists paths of all files in the folder, from there.
  ///   - text: Reads a file of the folder, by its path from there; nil where there is none.
  package init(
    _ path: String, files: @escaping () -> [String],
    text: @escaping (String) throws(EvaluationError) -> String?
  ) {
    (self.path, self.files, self.text) = (path, files, text)
  }

  /// Its recordings, with what is said in them and by whom.
  ///
  /// - Parameters:
  ///   - format: How it lies on the disk.
  ///   - table: The table that was named, where the format has several.
  /// - Returns: The recordings; lines that are wrong are among its problems.
  /// - Throws: `EvaluationError` where no recording is found.
  package func manifest(
    _ format: DatasetFormat, table: String? = nil
  ) throws(EvaluationError) -> Manifest {
    var dataset = self
    switch format {
    case .librispeech: try dataset.readLibriSpeech()
    case .commonvoice: try dataset.readCommonVoice(table ?? "test.tsv")
    case .tedlium: try dataset.readTedLium()
    case .kaldi: try dataset.readKaldi()
    }
    guard !dataset.entries.isEmpty else { throw dataset.problems.first ?? .empty(path: path) }
    return Manifest(dataset.entries, path: path, problems: dataset.problems)
  }

  /// Lines that are not empty, with their numbers.
  static func lines(_ text: String) -> [(number: Int, text: Substring)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .filter { !$0.element.allSatisfy(\.isWhitespace) }
      .map { ($0.offset + 1, $0.element) }
  }

  /// A file that the format cannot do without.
  func required(_ name: String) throws(EvaluationError) -> String {
    guard let text = try text(name) else {
      throw .unreadable(path: "\(path)/\(name)", reason: "there is no such file")
    }
    return text
  }

  /// Adds a recording; one whose text cannot be aligned is a problem.
  mutating func add(
    _ recording: String, _ text: String, from file: String, line: Int, offset: Double = 0,
    duration: Double? = nil, fields: [String: String] = [:]
  ) {
    guard text.utf8.count <= ManifestEntry.longestText else {
      return fail(file, line, "its text is too long to be aligned")
    }
    // Shouted texts tell nothing of capitals.
    let isShouted = !text.contains(where: \.isLowercase)
    entries.append(
      ManifestEntry(
        line: line,
        recording: recording.hasPrefix("/") ? recording : "\(path)/\(recording)",
        offset: offset, duration: duration, text: isShouted ? text.lowercased() : text,
        vocabulary: [], fields: fields))
  }

  /// Leaves a line out.
  mutating func fail(_ file: String, _ line: Int, _ reason: String) {
    problems.append(.line(path: "\(path)/\(file)", number: line, reason: reason))
  }

  /// The first words of a line and the rest of it; nil where it has fewer.
  static func columns(_ line: Substring, _ count: Int) -> [String]? {
    let columns = line.split(maxSplits: count, whereSeparator: \.isWhitespace).map(String.init)
    return columns.count >= count ? columns : nil
  }
}
