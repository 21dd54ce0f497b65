internal import System

/// Puts transcripts where the user wants them, each as soon as it is there.
package struct TranscriptWriter {
  /// Runs a body that must not be cut short, lest half a file stays behind.
  package typealias Uninterrupted = (_ body: () -> Void) -> Void

  private let formats: [OutputFormat]
  private let template: OutputTemplate?
  private let several: Bool
  private let uninterrupted: Uninterrupted
  private var written = 0

  /// Writes to files named by a template, or to standard output without one.
  ///
  /// - Parameters:
  ///   - formats: What each transcript is written as; only files take more than one.
  ///   - template: The paths of files.
  ///   - several: Whether standard output takes more than one transcript.
  ///   - uninterrupted: Replaces a file, in a program that a signal may end.
  package init(
    formats: [OutputFormat], template: OutputTemplate?, several: Bool,
    uninterrupted: @escaping Uninterrupted = { $0() }
  ) {
    self.formats = formats
    self.template = template
    self.several = several
    self.uninterrupted = uninterrupted
  }

  /// Where a transcript goes.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - number: Which one of a run it is, from 1.
  /// - Returns: The paths of its files; none for standard output.
  package func paths(for input: TranscriptionInput, number: Int) -> [String] {
    guard let template else { return [] }
    return formats.map { template.path(for: input.path, number: number, format: $0) }
  }

  /// Writes one transcript.
  ///
  /// - Parameters:
  ///   - document: The transcript.
  ///   - input: The recording.
  ///   - number: Which one of a run it is, from 1.
  /// - Returns: The files that it was written to.
  /// - Throws: `TranscriptionError` about the file, or standard output.
  mutating func write(
    _ document: TranscriptDocument, of input: TranscriptionInput, number: Int
  ) throws(TranscriptionError) -> [String] {
    let paths = paths(for: input, number: number)
    for (index, format) in formats.enumerated() {
      let text = try format.render(document)
      if paths.isEmpty {
        try print(text, of: document, as: format)
      } else {
        try OutputFile.replace(paths[index], with: text, uninterrupted)
      }
    }
    written += 1
    return paths
  }

  private func print(
    _ text: String, of document: TranscriptDocument, as format: OutputFormat
  ) throws(TranscriptionError) {
    switch format {
    case .json where several:
      try OutputFile.print(((written == 0 ? "[\n" : ",\n") + text.dropLast()).utf8)
    case .text where several:
      try OutputFile.print(ListedName(document.file).bytes + Array("\t\(oneLine(text))\n".utf8))
    default: try OutputFile.print(text.utf8)
    }
  }

  /// The lines of a text as one.
  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Ends what several transcripts share.
  package func finish() throws(TranscriptionError) {
    guard template == nil, several, formats.contains(.json) else { return }
    try OutputFile.print((written == 0 ? "[]\n" : "\n]\n").utf8)
  }
}

/// A path as a list has it, in which a line is a name: its bytes, with `\\` and a letter or three
/// digits for control characters, and twice `\\` for that itself.
private struct ListedName {
  let bytes: [UInt8]

  init(_ path: String) {
    bytes = FilePath(path).bytes.flatMap { byte in
      switch byte {
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case UInt8(ascii: "\t"): Array("\\t".utf8)
      case UInt8(ascii: "\r"): Array("\\r".utf8)
      case UInt8(ascii: "\\"): Array("\\\\".utf8)
      case 0..<0x20, 0x7F: [UInt8(ascii: "\\")] + Self.octal(byte)
      default: [byte]
      }
    }
  }

  private static func octal(_ byte: UInt8) -> [UInt8] {
    [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
  }
}
