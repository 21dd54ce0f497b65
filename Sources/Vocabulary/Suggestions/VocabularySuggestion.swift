/// Something that would make a vocabulary better, by what was dictated.
package struct VocabularySuggestion: Equatable, Sendable {
  /// What is wrong.
  package enum Kind: String, Sendable {
    /// A name of the code was said, and no list has it.
    case unlisted
    /// A listed term was said, and other words were heard.
    case misheard
  }

  /// What is wrong.
  package let kind: Kind
  /// The term as its line should be.
  package let term: Term
  /// The words that were heard, in small letters.
  package let heard: String
  /// How often they were.
  package let times: Int
  /// The list that has the term; nil for none.
  package let file: String?
}

/// Reads what was dictated, and tells what a vocabulary lacks.
package struct VocabularySuggestions: Sendable {
  /// Suggestions, the one first that concerns most words.
  package let all: [VocabularySuggestion]

  /// Looks through texts.
  ///
  /// - Parameters:
  ///   - texts: What the model wrote, in any order.
  ///   - vocabulary: What is in force.
  ///   - names: Names of a code base.
  package init(
    texts: [String], vocabulary: LoadedVocabulary, names: [CodeBaseScan.Name] = []
  ) {
    let lists = vocabulary.lists
    let listed = Set(lists.flatMap { $0.terms.map(\.spelling) })
    let unlisted = names.map(\.term).filter { !listed.contains($0.spelling) }
    let matcher = TermMatcher(unlisted)
    let forms = NearForms(lists.filter { $0.entries.first?.term.origin != .automatic })
    var counts = SuggestionCounts()
    for text in texts {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      let known = vocabulary.matcher.matches(in: words).map(\.words)
      let isFree = { (range: Range<Int>) in !known.contains { $0.overlaps(range) } }
      for match in matcher.matches(in: words)
      where isFree(match.words) && match.written != words[match.words].joined(separator: " ") {
        counts.add(.name(match.spelling), words[match.words])
      }
      for near in forms.matches(in: words) where isFree(near.words) {
        counts.add(.form(near.form), words[near.words])
      }
    }
    let terms = Dictionary(unlisted.map { ($0.spelling, $0) }, uniquingKeysWith: { $1 })
    all = counts.suggestions { source in
      switch source {
      case .name(let spelling): (.unlisted, terms[spelling] ?? Term(spelling), nil)
      case .form(let index): (.misheard, forms.owner(of: index).term, forms.owner(of: index).file)
      }
    }
  }
}

/// Counts what was heard for terms.
private struct SuggestionCounts {
  /// What words may say.
  enum Source: Hashable {
    /// A name of the code.
    case name(String)
    /// A term of a list, by its place.
    case form(Int)
  }

  private struct Key: Hashable {
    let source: Source
    let heard: String
  }

  private var counts: [Key: Int] = [:]

  /// Counts words that were heard.
  mutating func add(_ source: Source, _ words: ArraySlice<String>) {
    let heard = words.map { FoldedWord($0).core.lowercased() }.joined(separator: " ")
    counts[Key(source: source, heard: heard), default: 0] += 1
  }

  /// One suggestion for each term that no list has, one for each way that others were heard.
  func suggestions(
    _ meaning: (Source) -> (kind: VocabularySuggestion.Kind, term: Term, file: String?)
  ) -> [VocabularySuggestion] {
    var names: [String: (heard: String, most: Int, times: Int)] = [:]
    var suggestions: [VocabularySuggestion] = []
    for (key, times) in counts.sorted(by: { ($1.value, $0.key.heard) < ($0.value, $1.key.heard) }) {
      let (kind, term, file) = meaning(key.source)
      if case .name(let spelling) = key.source {
        let known = names[spelling] ?? (key.heard, times, 0)
        names[spelling] = (known.heard, known.most, known.times + times)
        continue
      }
      guard !term.spoken.contains(key.heard), term.spoken.count < ListLimits.forms else { continue }
      var changed = term
      changed.spoken.append(key.heard)
      suggestions.append(
        VocabularySuggestion(
          kind: kind, term: changed, heard: key.heard, times: times, file: file))
    }
    for (spelling, said) in names {
      let (kind, term, _) = meaning(.name(spelling))
      suggestions.append(
        VocabularySuggestion(
          kind: kind, term: Term(term.spelling), heard: said.heard, times: said.times, file: nil))
    }
    return suggestions.sorted {
      ($1.times, $0.term.spelling, $0.heard) < ($0.times, $1.term.spelling, $1.heard)
    }
  }
}
