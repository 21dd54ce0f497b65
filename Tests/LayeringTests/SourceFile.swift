import Foundation
import TestSupport

/// A Swift file, line by line.
struct SourceFile {
  /// Path below the root of the package.
  let path: String
  /// Lines without line comments.
  let code: [String]

  init(_ file: URL) throws {
    path = file.path.replacing(Fixtures.repository.path + "/", with: "")
    code = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.drop { $0 == " " }.hasPrefix("//") ? "" : String(line) }
  }

  /// The Swift files of a target.
  static func swift(of target: String) throws -> [SourceFile] {
    try swift(below: Fixtures.repository.appending(path: "Sources/\(target)"))
  }

  /// The Swift files in a folder and those below it.
  static func swift(below folder: URL) throws -> [SourceFile] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { try SourceFile(folder.appending(path: $0)) }
  }

  /// Modules that the file imports, whatever stands before `import` and after the module's name.
  var imports: [String] {
    // Line by line: attributes, an access level, and `import struct A.B` are all possible.
    code.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy({ $0.hasPrefix("@") || Self.levels.contains($0) })
      else { return nil }
      let rest = words[(at + 1)...].drop { Self.kinds.contains($0) }
      return rest.first?.split(separator: ".").first.map(String.init)
    }
  }

  private static let levels: Set<String> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<String> = [
    "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
  ]

  /// What a manifest says a target depends on.
  func declaredDependencies(of target: String) -> Set<String>? {
    let text = code.joined(separator: " ").split(separator: " ").joined(separator: " ")
    // From the target's name to the next one's.
    guard
      let name = text.range(of: #"arget( name: "\#(target)","#)
        ?? text.range(of: #"arget(name: "\#(target)","#)
    else { return nil }
    let rest = text[name.upperBound...]
    let own = rest[..<(rest.range(of: "arget(")?.lowerBound ?? rest.endIndex)]
    guard let list = own.range(of: "dependencies: [") else { return [] }
    let names = own[list.upperBound...].replacing(/, package: "[^"]*"/, with: "")
    let end = names.firstIndex(of: "]") ?? names.endIndex
    let quoted = names[..<end].split(separator: "\"", omittingEmptySubsequences: false)
    return Set(
      quoted.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) })
  }
}
