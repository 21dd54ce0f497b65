internal import Glibc
internal import System

/// What Hugging Face's own programs have fetched on this machine.
///
/// A repository is the folder `models--owner--name`; `refs/BRANCH` holds a commit, and
/// `snapshots/COMMIT` links to the files, which lie in `blobs` under their SHA-256.
package struct HubCache: Sendable {
  /// Its folder; nil where the user has none.
  package let folder: String?

  /// The cache that variables name: `HF_HUB_CACHE`, or `hub` in `HF_HOME`.
  ///
  /// - Parameter environment: Variables by name.
  package init(environment: [String: String] = Environment.variables) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    folder = value("HF_HUB_CACHE") ?? Self.home(environment).map { "\($0)/hub" }
  }

  /// `HF_HOME`, or `huggingface` in the folder of what can be made again.
  static func home(_ environment: [String: String]) -> String? {
    if let home = environment["HF_HOME"], !home.isEmpty { return home }
    return (try? UserFolders(environment: environment).cache).map { "\($0)/huggingface" }
  }

  /// Finds a file that is there completely.
  ///
  /// - Parameter file: The file.
  /// - Returns: Its path, and its SHA-256 where its name in the cache tells it; nil where it is not
  ///   there.
  package func find(_ file: HubFile) -> (path: String, identity: FileIdentity)? {
    guard let folder else { return nil }
    let parts = file.repository.split(separator: "/").joined(separator: "--")
    let repository = "\(folder)/models--\(parts)"
    let named = Self.text("\(repository)/refs/\(file.revision)")
    for commit in [named, file.revision].compactMap(\.self) where ModelStore.isValid(commit) {
      let path = "\(repository)/snapshots/\(commit)/\(file.file)"
      guard let status = try? FileStatus(of: path), status.kind == .regular else { continue }
      let blob = (try? endOfLinks(path)).map(lastComponent) ?? ""
      return (
        path,
        FileIdentity(size: status.size, sha256: FileIdentity.isDigest(blob) ? blob : nil)
      )
    }
    return nil
  }

  /// Every repository that has a `.nemo` file, or a configuration with tensors beside it.
  package func models() -> [FoundModel] {
    guard let folder else { return [] }
    var found: [FoundModel] = []
    for repository in folderEntries(folder).sorted() where repository.hasPrefix("models--") {
      let snapshots = "\(folder)/\(repository)/snapshots"
      let main = Self.text("\(folder)/\(repository)/refs/\(HubFile.newest)")
      let commits = folderEntries(snapshots).sorted()
      guard let commit = commits.first(where: { $0 == main }) ?? commits.first else { continue }
      let folder = "\(snapshots)/\(commit)"
      let name = repository.split(separator: "-", omittingEmptySubsequences: false)
        .drop { !$0.isEmpty }.dropFirst().drop { !$0.isEmpty }.dropFirst()
        .joined(separator: "-")
      let names = folderEntries(folder).sorted()
      if let archive = names.first(where: { $0.hasSuffix(".nemo") }) {
        found.append(FoundModel(name: name, path: "\(folder)/\(archive)"))
      } else if names.contains("config.json"), names.contains(where: Self.isTensors) {
        found.append(FoundModel(name: name, path: folder))
      }
    }
    return found
  }

  private static func isTensors(_ name: String) -> Bool { name.hasSuffix(".safetensors") }

  private static func text(_ path: String) -> String? {
    let bytes = try? FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK).readAll(limit: 256)
    return bytes.map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
  }
}
