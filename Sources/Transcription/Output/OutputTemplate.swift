internal import System

/// Where transcripts go: a path in which `{folder}`, `{name}`, `{stem}`, `{number}` and `{format}`
/// are filled in.
package struct OutputTemplate: Sendable {
  private enum Field: String {
    case folder, name, stem, number, format
  }

  private enum Part {
    case bytes(ArraySlice<UInt8>)
    case field(Field)
  }

  private let parts: [Part]

  /// Accepts a path without other names in braces.
  ///
  /// - Parameter template: The path, as `FilePath` spells it.
  /// - Throws: `TranscriptionError.unknownField`.
  package init(_ template: String) throws(TranscriptionError) {
    var parts: [Part] = []
    var rest = FilePath(template).bytes[...]
    while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
      let inside = rest[(brace + 1)...].prefix {
        $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}")
      }
      guard inside.endIndex < rest.endIndex, rest[inside.endIndex] == UInt8(ascii: "}") else {
        parts.append(.bytes(rest[..<inside.endIndex]))
        rest = rest[inside.endIndex...]
        continue
      }
      let name = FilePath(bytes: inside).spelling
      guard let field = Field(rawValue: name) else { throw .unknownField("{\(name)}") }
      parts += [.bytes(rest[..<brace]), .field(field)]
      rest = rest[(inside.endIndex + 1)...]
    }
    self.parts = parts + [.bytes(rest)]
  }

  /// The path for one recording.
  ///
  /// - Parameters:
  ///   - input: The recording's path; standard input is called "stdin".
  ///   - number: Which one of a run it is, from 1.
  ///   - format: What is written.
  /// - Returns: The path, as `FilePath` spells it.
  package func path(for input: String, number: Int = 1, format: OutputFormat) -> String {
    let input = FilePath(input == "-" ? "stdin" : input)
    let bytes = parts.flatMap { part in
      switch part {
      case .bytes(let bytes): Array(bytes)
      case .field(.folder): input.folder?.bytes ?? [UInt8(ascii: ".")]
      case .field(.name): input.name.bytes
      case .field(.stem): input.stem.bytes
      case .field(.number): Array(String(number).utf8)
      case .field(.format): Array(format.fileExtension.utf8)
      }
    }
    return FilePath(bytes: bytes).spelling
  }
}
