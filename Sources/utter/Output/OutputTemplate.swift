import ArgumentParser
import Foundation

/// Where transcripts go: a path in which `{folder}`, `{name}`, `{stem}`, `{format}` are filled in.
package struct OutputTemplate {
  private let template: String

  /// Accepts a path without other names in braces.
  package init(_ template: String) throws {
    for match in template.matches(of: /\{([^{}]*)\}/)
    where !["folder", "name", "stem", "format"].contains(match.1) {
      throw ValidationError(
        "--output does not know \(match.0); use {folder}, {name}, {stem} or {format}")
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
  package func check(_ inputs: [String], format: OutputFormat) throws {
    var owners: [String: String] = [:]
    let recordings = Set(inputs.map(resolved))
    for input in inputs {
      let path = path(for: input, format: format)
      let target = resolved(path)
      if recordings.contains(target) {
        throw ValidationError("--output would overwrite the recording \(path)")
      }
      if let other = owners[target] {
        throw ValidationError(
          "--output gives \(other) and \(input) the same path \(path); "
            + "use {stem}, {name} or {folder}")
      }
      owners[target] = input
    }
  }

  private func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
