/// A file in a repository of Hugging Face's hub.
package struct HubFile: Sendable, Equatable {
  /// `owner/name`.
  package let repository: String
  /// The file's name, without folders.
  package let file: String
  /// Branch, tag or commit.
  package let revision: String

  /// The branch that has a repository's newest files.
  package static let newest = "main"

  /// A file of a repository.
  ///
  /// Names become parts of addresses and of paths: what could be read there as anything but a name
  /// is refused.
  ///
  /// - Parameters:
  ///   - repository: `owner/name`.
  ///   - file: The file's name.
  ///   - revision: Branch, tag or commit.
  package init?(repository: String, file: String, revision: String = newest) {
    let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ ModelStore.isValid(String($0)) }),
      ModelStore.isValid(file), ModelStore.isValid(revision)
    else { return nil }
    (self.repository, self.file, self.revision) = (repository, file, revision)
  }

  /// The file that NVIDIA's repositories have: named as the repository is.
  ///
  /// - Parameter repository: `owner/name`.
  package init?(named repository: String) {
    let name = repository.split(separator: "/").last.map(String.init) ?? ""
    self.init(repository: repository, file: "\(name).nemo")
  }

  /// The repository's page.
  package func page(at endpoint: HubEndpoint) -> String { "\(endpoint.address)/\(repository)" }

  /// Where the file is fetched.
  func address(at endpoint: HubEndpoint) -> String {
    "\(page(at: endpoint))/resolve/\(revision)/\(file)"
  }
}
