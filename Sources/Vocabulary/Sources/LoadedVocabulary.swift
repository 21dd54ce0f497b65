/// Terms that are in force together, and where they come from.
package struct LoadedVocabulary: Sendable {
  /// A list, or what else terms come from.
  package struct Source: Equatable, Sendable {
    /// The file, or "request" or "automatic".
    package let name: String
    /// What its terms are.
    package let origin: Term.Origin
    /// Terms of it that are in force.
    package let terms: Int
    /// A number for its content, in hexadecimal digits; equal content has equal ones.
    package let hash: String
    /// Whether the file was changed and is broken, so that its terms are those from before.
    package let isOutdated: Bool
    /// Its content.
    let bytes: [UInt8]
  }

  /// The sources, the one whose spellings win first.
  package let sources: [Source]
  /// Everything that is wrong, errors and warnings.
  package let problems: [ListProblem]
  /// Finds the terms.
  package let matcher: TermMatcher
  /// A number for the content of all sources.
  package let hash: String
  /// Folders in which a change means other terms wherever the user works: those of a project are
  /// not among them.
  package let folders: Set<String>

  /// How many terms are in force.
  package var count: Int { sources.reduce(0) { $0 + $1.terms } }

  /// The lists that the terms come from, in the order of the sources; reads them line by line.
  package var lists: [VocabularyList] {
    sources.map { VocabularyList($0.bytes, file: $0.name, origin: $0.origin) }
  }

  /// Terms in force; reads the lists line by line.
  package var terms: [Term] { lists.flatMap(\.terms) }
}
