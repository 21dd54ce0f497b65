/// Words that a model writes where a term is said, as a way to say it.
package struct HeardForm: Hashable, Sendable {
  /// The words in small letters, without marks, with single spaces between them.
  package let text: String

  private var words: [ArraySlice<UInt8>] { text.utf8.split(separator: 0x20).map { Array($0)[...] } }

  /// Words as a model writes them; nil where nothing is said.
  package init?(_ words: some Sequence<String>) {
    let keys = words.map { FoldedWord($0).key }.filter { !$0.isEmpty }
    text = keys.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    if text.isEmpty { return nil }
  }

  /// Why words are not taken for a way to say a term.
  package enum Objection: Hashable, Sendable {
    /// They say it already.
    case known
    /// They are ordinary English, which people say and mean itself.
    case english
    /// They say another term.
    case other(String)
  }

  /// Why the words should not become a way to say a term; nil for no reason.
  ///
  /// - Parameters:
  ///   - term: The term.
  ///   - lists: All that is in force.
  /// - Returns: The weightiest reason.
  package func objection(to term: Term, in lists: [VocabularyList]) -> Objection? {
    let words = text.split(separator: " ").map(String.init)
    // Names of files give way.
    let listed = lists.flatMap(\.terms).filter { $0.origin != .automatic }
    let own = listed.filter { $0.spelling == term.spelling } + [term]
    if TermMatcher(own).matches(in: words).contains(where: { $0.words == words.indices }) {
      return .known
    }
    let others = TermMatcher(listed.filter { $0.spelling != term.spelling })
    let beginning = others.beginning(
      of: words.map { FoldedWord($0) }, mayGoOn: false, isGuarded: false)
    if case .term(let match) = beginning, match.words == words.indices {
      return .other(match.spelling)
    }
    let means = own.contains { $0.guard == .off }
    return !means && OrdinaryEnglish.isOrdinary(self.words) ? .english : nil
  }

  /// The forms that most recordings agree on, the first that was heard first.
  ///
  /// - Parameter heard: What was heard in each recording.
  /// - Returns: Those that come most often; none where there are three recordings or more, and each
  ///   says something else.
  package static func agreed(_ heard: [HeardForm]) -> [HeardForm] {
    let times = heard.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let most = times.values.max() ?? 0
    guard most > 1 || heard.count < 3 else { return [] }
    var agreed: [HeardForm] = []
    for form in heard where times[form] == most && !agreed.contains(form) { agreed.append(form) }
    return agreed
  }
}
