internal import Glibc
package import System

/// The files of a code base that people wrote.
///
/// A repository's are those that git tracks or would; elsewhere all files below the folder. Folders
/// of other people's code and of what programs make are left out, and whatever is no source text by
/// its name. Links are not followed.
package struct SourceFiles: Sendable {
  /// Paths, in alphabetical order.
  package let paths: [String]
  /// Whether git named them.
  package let isRepository: Bool

  /// Looks for the files.
  ///
  /// - Parameters:
  ///   - folder: The code base.
  ///   - git: The program, nil where there is none.
  /// - Throws: Why the folder cannot be read.
  package init(in folder: String, git: String?) throws(Errno) {
    guard try FileStatus(of: folder).kind == .directory else { throw Errno(ENOTDIR) }
    if let git, let names = Self.tracked(in: folder, git: git) {
      isRepository = true
      paths = names.filter(Self.isSource).map { "\(folder)/\($0)" }.sorted()
    } else {
      isRepository = false
      paths = Self.found(in: folder).sorted()
    }
  }

  /// The repository that a folder lies in, as far as the folders are the user's own.
  ///
  /// - Parameters:
  ///   - directory: An absolute path.
  ///   - home: The user's home folder, above which nothing is looked for.
  /// - Returns: nil where there is none.
  package static func repository(above directory: String, home: String?) -> String? {
    ProjectFolder(directory, home: home).repository
  }

  /// Files that git knows, relative to the folder; nil where it knows no repository.
  private static func tracked(in folder: String, git: String) -> [String]? {
    // A repository's own configuration may name programs to run: not for us.
    var command = Command(
      git,
      [
        "-C", folder, "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others",
        "--exclude-standard",
      ])
    command.messages = .discarded
    guard let child = try? command.start(), child.wait() == .exit(code: 0) else { return nil }
    let names = child.output.split(separator: 0).compactMap {
      String(validating: $0, as: UTF8.self)
    }
    return names.isEmpty ? nil : names
  }

  private static func found(in folder: String) -> [String] {
    var found: [String] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      for name in folderEntries(folder, limit: .max) {
        let path = "\(folder)/\(name)"
        guard let status = try? FileStatus(of: path, isFollowingLinks: false) else { continue }
        switch status.kind {
        case .directory where !isForeignFolder(name): folders.append(path)
        case .regular where isSource(name): found.append(path)
        default: break
        }
      }
    }
    return found
  }

  /// Whether a path names source text that people of this project wrote.
  static func isSource(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last, !parts.dropLast().contains(where: isForeignFolder) else {
      return false
    }
    let lower = name.lowercased()
    guard let dot = lower.lastIndex(of: "."), extensions.contains(String(lower[dot...].dropFirst()))
    else { return false }
    return !madeEndings.contains { lower.hasSuffix($0) }
  }

  private static func isForeignFolder(_ name: some StringProtocol) -> Bool {
    name.hasPrefix(".") || foreignFolders.contains(name.lowercased())
  }

  private static let foreignFolders: Set<String> = [
    "vendor", "vendored", "node_modules", "bower_components", "third_party", "third-party",
    "thirdparty", "3rdparty", "external", "extern", "deps", "pods", "carthage", "build", "dist",
    "target", "out", "obj", "bin", "__pycache__", "venv", "site-packages", "generated", "gen",
    "fixtures", "testdata",
  ]

  private static let madeEndings = [
    ".min.js", ".bundle.js", ".pb.go", ".pb.h", ".pb.cc", ".pb.swift", "_pb2.py", "_pb2_grpc.py",
    ".g.dart", ".freezed.dart", ".generated.cs", ".designer.cs", ".d.ts",
  ]

  private static let extensions: Set<String> = [
    "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx", "m", "mm", "swift", "rs", "go", "py", "pyi",
    "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "vue", "svelte", "java", "kt", "kts", "scala",
    "groovy", "clj", "cljs", "rb", "php", "cs", "fs", "vb", "lua", "pl", "pm", "sh", "bash", "zsh",
    "fish", "sql", "r", "jl", "hs", "ml", "mli", "ex", "exs", "erl", "dart", "zig", "nim", "d",
    "proto", "graphql", "tf", "cmake", "el", "lisp", "scm", "f90", "pas", "s", "asm", "inc",
  ]
}
