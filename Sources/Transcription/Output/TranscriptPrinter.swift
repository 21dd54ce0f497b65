internal import System

/// Prints transcripts on standard output.
struct TranscriptPrinter {
  private let format: OutputFormat
  private let several: Bool
  private var written = 0

  /// Prints what a writer does not write to files; nil where it writes them all.
  init?(_ writer: TranscriptWriter) {
    guard !writer.writesFiles, let format = writer.formats.first else { return nil }
    (self.format, several) = (format, writer.several)
  }

  /// Prints one transcript.
  mutating func print(_ document: TranscriptDocument) throws(TranscriptionError) {
    let text = try format.render(document)
    switch format {
    case .json where several:
      try OutputFile.print(((written == 0 ? "[\n" : ",\n") + text.dropLast()).utf8)
    case .text where several:
      try OutputFile.print(ListedName(document.file).bytes + Array("\t\(oneLine(text))\n".utf8))
    default: try OutputFile.print(text.utf8)
    }
    written += 1
  }

  /// The lines of a text as one.
  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Ends what several transcripts share.
  func finish() throws(TranscriptionError) {
    guard several, format == .json else { return }
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
