internal import Evaluation
internal import Service
internal import System
internal import TOML
internal import Vocabulary

extension FuzzTarget {
  /// Sets a value in a configuration's text; what is written can be read again.
  func editConfiguration(_ bytes: [UInt8]) throws {
    let document = try TOMLDocument(bytes)
    let edited = document.setting("name", in: ["model"], to: "\"x\"")
    do {
      _ = try TOMLDocument(edited)
    } catch {
      preconditionFailure("what was written cannot be read: \(error)")
    }
  }

  /// Reads the settings of a configuration.
  func loadConfiguration(_ bytes: [UInt8]) throws {
    try withFile(bytes) { _ = try Configuration.load(environment: [:], file: $0) }
  }

  /// Reads a line from a client; an error is written for the client to read.
  func readRequest(_ bytes: [UInt8]) {
    let request = IncomingRequest(line: bytes)
    if case .failure(let error) = request.request { _ = error.message.printable }
  }

  /// Reads a history from its end, all of it and the newest.
  func readHistory(_ bytes: [UInt8]) throws {
    try withFile(bytes) { path in
      let history = History(path: path)
      let entries = try history.entries()
      let newest = try history.newest(3, after: entries.first?.id)
      precondition(newest.count <= entries.count, "the history grew")
    }
  }

  /// Reads a list of terms; the terms that it has make the same list again.
  func readList(_ bytes: [UInt8]) {
    let list = VocabularyList(bytes, file: "list")
    for problem in list.problems { _ = "\(problem)".printable }
    guard list.isUsable else { return }
    _ = VocabularyList(list.terms, file: "list")
  }

  /// Reads a manifest of any kind, and what else tells of recordings whose words are known.
  func readManifest(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let dataset = Dataset("/set") {
      ["a.trans.txt", "a.stm", "a.wav"]
    } text: { _ in
      text
    }
    for format in DatasetFormat.allCases { _ = try? dataset.manifest(format) }
    _ = try? Prices.hosted(text, path: "/prices.tsv")
    for sentence in Sentence.list(text) {
      precondition(!sentence.text.isEmpty, "a sentence has no words")
    }
    let words = TextNormalizer(.english).words(of: text)
    precondition(!words.contains(""), "a word has no letters")
    _ = try? Manifest(biasingLists: text, path: "/m.tsv", recordings: ["a": "/a.flac"])
    _ = try Manifest(jsonLines: text, path: "/m.jsonl")
  }

  /// Makes a text safe to print, once and again.
  func printText(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let line = text.printable
    precondition(!line.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a line has control characters")
    precondition(line.printable == line, "an escape is escaped")
    _ = text.printableLines
    _ = text.printableJSON
  }
}
