/// Adds lists up, the one whose spellings win first.
struct VocabularySum {
  /// Terms of all lists that fit.
  private(set) var terms: [Term] = []
  private var sources: [LoadedVocabulary.Source] = []
  private var lists: [VocabularyList] = []
  private var problems: [ListProblem] = []
  private var hash = ContentHash()

  /// Adds a list, or refuses it where there would be too many terms.
  mutating func add(
    _ list: VocabularyList, _ bytes: [UInt8], _ origin: Term.Origin, isOutdated: Bool = false
  ) {
    problems += isOutdated ? [] : list.problems
    guard list.isUsable else { return }
    guard terms.count + list.terms.count <= ListLimits.terms else {
      problems.append(
        ListProblem(
          .error, file: list.file, line: 0,
          "its \(list.terms.count) terms and \(terms.count) of other lists are more than "
            + "\(ListLimits.terms)"))
      return
    }
    var content = ContentHash()
    content.combine(bytes)
    hash.combine("\(origin) \(content)\n".utf8)
    terms += list.terms
    lists.append(list)
    sources.append(
      LoadedVocabulary.Source(
        name: list.file, origin: origin, terms: list.terms.count, hash: content.description,
        isOutdated: isOutdated))
  }

  /// Notes what is wrong with a list, and goes on with the one from before.
  mutating func refuse(
    _ problems: [ListProblem], usable: (bytes: [UInt8], list: VocabularyList)?,
    _ origin: Term.Origin
  ) {
    self.problems += problems
    if let usable { add(usable.list, usable.bytes, origin, isOutdated: true) }
  }

  /// The sum.
  func vocabulary(_ matcher: TermMatcher, folders: Set<String>) -> LoadedVocabulary {
    LoadedVocabulary(
      sources: sources, lists: lists, problems: problems, matcher: matcher, hash: hash.description,
      folders: folders)
  }
}
