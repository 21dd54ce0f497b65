/// Finds terms of lists that will not do what their authors expect.
package enum VocabularyLint {
  /// What to look out for in lists that are used together.
  ///
  /// - Parameters:
  ///   - lists: The lists; what is wrong with their lines comes first.
  ///   - pieces: How many pieces a model cuts a text into, nil where it has none for a part of it;
  ///     by default every text can be expressed.
  /// - Returns: Problems in the order of the lists and lines.
  package static func problems(
    in lists: [VocabularyList], pieces: (String) -> Int? = { $0.split(separator: " ").count }
  ) -> [ListProblem] {
    var reader = SpellingReader()
    let places = lists.enumerated().flatMap { index, list in
      list.entries.map {
        TermPlace(
          list: index, file: list.file, line: $0.line, term: $0.term,
          forms: reader.forms(of: $0.term))
      }
    }
    let owners = SharedForms(places)
    var problems: [[ListProblem]] = lists.map(\.problems)
    for (index, place) in places.enumerated() {
      problems[place.list] += place.problems(pieces) + owners.problems(of: index)
    }
    if places.count > ListLimits.terms, let last = lists.last {
      problems[lists.count - 1].append(
        ListProblem(
          .error, file: last.file, line: 0,
          "\(places.count) terms in all lists, more than \(ListLimits.terms)"))
    }
    return problems.flatMap { $0 }
  }
}

/// A term and where it stands.
struct TermPlace {
  let list: Int
  let file: String
  let line: Int
  let term: Term
  let forms: [SpokenForm]

  /// A problem of this term.
  func problem(
    _ severity: ListProblem.Severity, _ message: String, remedy: String? = nil
  ) -> ListProblem {
    ListProblem(severity, file: file, line: line, message, remedy: remedy)
  }

  /// What is wrong with the term alone.
  func problems(_ pieces: (String) -> Int?) -> [ListProblem] {
    guard !forms.isEmpty else {
      return [
        problem(
          .warning, "\"\(term.spelling)\" follows from nothing that is said",
          remedy: "add a tab and spoken= with the words that say it")
      ]
    }
    return expression(pieces) + (term.guard == .off ? [] : english)
  }

  /// Forms that the model cannot write.
  private func expression(_ pieces: (String) -> Int?) -> [ListProblem] {
    var problems: [ListProblem] = []
    var isExpressed = false
    for form in forms {
      guard let count = pieces(form.text) else {
        if form.kind == .listed {
          problems.append(
            problem(
              .error, "the model has no letters for \"\(form.text)\"",
              remedy: "write the form with letters that the model knows"))
        }
        continue
      }
      isExpressed = true
      if count > ListLimits.tokens, form.kind == .listed {
        problems.append(
          problem(
            .error, "\"\(form.text)\" takes \(count) pieces, more than \(ListLimits.tokens)",
            remedy: "say less of it"))
      }
    }
    guard isExpressed || !problems.isEmpty else {
      return [
        problem(
          .error, "the model has no letters for \"\(term.spelling)\"",
          remedy: "add a tab and spoken= with words that the model knows")
      ]
    }
    return problems
  }

  /// Forms that people say without meaning the term.
  private var english: [ListProblem] {
    // Forms of a term that somebody listed, or the usual one: others give way without a word.
    for form in forms where form.kind == .listed || form.kind == .canonical {
      let words = form.text.utf8.split(separator: 0x20)
      guard OrdinaryEnglish.isOrdinary(words) else { continue }
      if words.count == 1 {
        if form.kind == .canonical, OrdinaryEnglish.isName(words[0]),
          form.text == term.spelling.lowercased()
        {
          continue
        }
        return [
          problem(
            .warning,
            "\"\(form.text)\" is ordinary English (\(frequency(of: words[0])) in 10,000 words), "
              + "and \(term.spelling) is not written for it",
            remedy: "guard=off if you always mean the term, or spoken= with other words")
        ]
      }
      if term.guard == .automatic, term.origin != .automatic {
        return [
          problem(
            .warning,
            "\"\(form.text)\" may be said without meaning \(term.spelling), and becomes it",
            remedy: "guard=on leaves such words alone, guard=off says that it is meant")
        ]
      }
    }
    return []
  }

  private func frequency(of word: some Collection<UInt8>) -> String {
    let hundredths = Int((OrdinaryEnglish.frequency(of: word) * 100).rounded())
    if hundredths < 1 { return "less than 0.01" }
    let cents = hundredths % 100
    return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
  }
}
