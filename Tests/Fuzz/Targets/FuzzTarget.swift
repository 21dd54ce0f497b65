internal import System

/// A parser of bytes from outside, to be fed with anything: it ends with a value or an error.
///
/// Each has a folder of its name in `Tests/Fuzz/Corpus`. `make fuzz` runs them all with libFuzzer;
/// the tests replay the corpora.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Archives of models, and what is in them.
  case tar, zip, gzip, pickle, checkpoint, safetensors
  /// Configurations of models: as NeMo writes them, and as they are imported.
  case yaml, json
  /// A SentencePiece model, which then cuts a text and joins it again.
  case tokenizer
  /// What a file is that is no model.
  case foreign
  /// The configuration: its text, and its settings.
  case toml, configuration
  /// A line from a client of the daemon.
  case request
  /// The file of the history.
  case history
  /// A list of terms, and the manifest of an evaluation.
  case vocabulary, manifest
  /// A text that is printed.
  case printing
  /// A recording: what its container promises, and its samples as far as libsndfile decodes it.
  case recording

  /// Gives bytes to the parser; what it should not do stops the program.
  package func run(_ bytes: [UInt8]) {
    switch self {
    case .tar, .zip, .gzip, .pickle, .checkpoint, .safetensors, .yaml, .json, .foreign:
      // A file without bytes is refused before any parser sees it.
      if !bytes.isEmpty { expectNoTrap { try parseModel(bytes) } }
    case .tokenizer: expectNoTrap { try parseTokenizer(bytes) }
    case .toml: expectNoTrap { try editConfiguration(bytes) }
    case .configuration: expectNoTrap { try loadConfiguration(bytes) }
    case .request: readRequest(bytes)
    case .history: expectNoTrap { try readHistory(bytes) }
    case .vocabulary: readList(bytes)
    case .manifest: expectNoTrap { try readManifest(bytes) }
    case .printing: printText(bytes)
    case .recording: expectNoTrap { try readRecording(bytes) }
    }
  }

  /// Gives a parser that opens its file the path of one that holds bytes.
  func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let file = try FileDescriptor(inMemory: bytes)
    try body("/proc/self/fd/\(file.number)")
    withExtendedLifetime(file) {}
  }

  /// Runs a parser; an error is as good as a value, but it must fit on a line when it is printed.
  private func expectNoTrap(_ parse: () throws -> Void) {
    do {
      try parse()
    } catch {
      let line = "\(error)".printable
      precondition(!line.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "an error is not printable")
    }
  }
}
