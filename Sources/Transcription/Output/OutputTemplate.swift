internal import Foundation

/// Where transcripts go: a path in which `{folder}`, `{name}`, `{stem}`, `{format}` are filled in.
package struct OutputTemplate: Sendable {
  private let template: String

  private static let fields: Set<Substring> = ["folder", "name", "stem", "format"]

  /// Accepts a path without other names in braces.
  ///
  /// - Throws: `TranscriptionError.unknownField`.
  package init(_ template: String) throws(TranscriptionError) {
    for match in template.matches(of: /\{([^{}]*)\}/) where !Self.fields.contains(match.1) {
      throw .unknownField(String(match.0))
    }
    self.template = template
  }

  /// The path for one recording; standard input is called "stdin".
  package func path(for input: String, format: OutputFormat) -> String {
    let url = URL(fileURLWithPath: input == "-" ? "stdin" : input)
    let folder = input.contains("/") ? url.deletingLastPathComponent().path : "."
    return template.replacing(/\{([^{}]*)\}/) { match in
      switch match.1 {
      case "folder": folder
      case "name": url.lastPathComponent
      case "stem": url.deletingPathExtension().lastPathComponent
      default: format.fileExtension
      }
    }
  }

  /// Refuses a template that gives two recordings one path, or overwrites a recording.
  ///
  /// - Throws: `TranscriptionError.sharedPath` or `.overwritesRecording`.
  package func check(_ inputs: [String], format: OutputFormat) throws(TranscriptionError) {
    var owners: [String: String] = [:]
    let recordings = Set(inputs.map(resolved))
    for input in inputs {
      let path = path(for: input, format: format)
      let target = resolved(path)
      guard !recordings.contains(target) else { throw .overwritesRecording(path: path) }
      if let other = owners[target] { throw .sharedPath(path, first: other, second: input) }
      owners[target] = input
    }
  }

  private func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
