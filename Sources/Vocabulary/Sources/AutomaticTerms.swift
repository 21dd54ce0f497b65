internal import Glibc
internal import System

/// Terms that follow from where somebody works: the repository, its branch, and files.
///
/// They are never written for ordinary English, and weigh less than what anybody listed.
struct AutomaticTerms {
  /// The terms, in alphabetical order.
  let terms: [Term]

  private static let weight = 0.1
  private static let limit = 500

  /// Looks into a project.
  init(_ project: ProjectFolder) {
    var spellings: Set<String> = []
    if let repository = project.repository {
      spellings.insert(String(repository.split(separator: "/").last ?? ""))
      if let branch = Self.branch(of: repository) { spellings.insert(branch) }
      spellings.formUnion(Self.files(in: repository))
    }
    if let folder = project.folders.first { spellings.formUnion(Self.files(in: folder)) }
    terms = spellings.sorted().lazy.filter(Self.isSayable).prefix(Self.limit).map {
      Term($0, weight: Self.weight, guard: .on, origin: .automatic)
    }
  }

  /// The branch that is checked out; nil where a commit is.
  private static func branch(of repository: String) -> String? {
    guard let file = try? ListFile("\(repository)/.git/HEAD", isForeign: true),
      let line = String(validating: file.bytes.prefix { $0 != 0x0A }, as: UTF8.self),
      line.hasPrefix("ref: refs/heads/")
    else { return nil }
    return String(line.dropFirst("ref: refs/heads/".count))
  }

  /// Names of files and folders, apart from those that nobody sees.
  private static func files(in folder: String) -> [String] {
    folderEntries(folder, limit: 2_000).filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }
  }

  /// Whether a list could hold the name.
  private static func isSayable(_ name: String) -> Bool {
    let line = VocabularyList.line(of: Term(name))
    return VocabularyList(Array(line.utf8), file: name).terms == [Term(name)]
  }
}
