internal import System

/// Adds lists up, the one whose spellings win first.
struct VocabularySum {
  private var tables: [FormTable] = []
  private var count = 0
  private var sources: [LoadedVocabulary.Source] = []
  private var problems: [ListProblem] = []
  private var hash = ContentHash()

  /// Adds a list, or refuses it where there would be too many terms.
  mutating func add(
    _ list: KnownList, file: String, _ origin: Term.Origin, isOutdated: Bool = false
  ) {
    guard count + list.count <= ListLimits.terms else {
      problems.append(
        ListProblem(
          .error, file: file, line: 0,
          "its \(list.count) terms and \(count) of other lists are more than "
            + "\(ListLimits.terms)"))
      return
    }
    let content = ContentHash(of: list.bytes)
    hash.combine("\(origin) \(content)\n".utf8)
    tables.append(list.table)
    count += list.count
    sources.append(
      LoadedVocabulary.Source(
        name: file, origin: origin, terms: list.count, hash: content.description,
        isOutdated: isOutdated, bytes: list.bytes))
  }

  /// Notes what is wrong with a list, and goes on with the one from before.
  mutating func refuse(
    _ problems: [ListProblem], usable: KnownList?, file: String, _ origin: Term.Origin
  ) {
    self.problems += problems
    if let usable { add(usable, file: file, origin, isOutdated: true) }
  }

  /// The sum.
  func vocabulary(folders: Set<String>) -> LoadedVocabulary {
    LoadedVocabulary(
      sources: sources, problems: problems, matcher: TermMatcher(tables), hash: hash.description,
      folders: folders)
  }
}
