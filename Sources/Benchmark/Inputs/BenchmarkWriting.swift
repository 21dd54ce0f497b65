package import Formatting

/// How texts are written in a benchmark that measures what that costs.
package struct BenchmarkWriting {
  let rules: FormattingRules
  /// What is said for some of the terms.
  private let spoken: [String]

  /// A way to write.
  ///
  /// - Parameters:
  ///   - rules: The rules, with the terms.
  ///   - spoken: What is said for some of the terms; may be empty.
  package init(_ rules: FormattingRules, spoken: [String]) {
    (self.rules, self.spoken) = (rules, spoken)
  }

  /// Prose with commands, marks and numbers, where somebody dictates all of them.
  private static let passage = """
    Please open the new report and um read the second part, which was written on march third \
    twenty twenty six at three thirty p m. Then set snake user id over to forty two comma and \
    spell k u b e before you go on. We saw a hundred and twenty seven people, and most of them \
    said that open paren x equals five close paren is wrong. Scratch that, it is nearly right. \
    It runs on port eighty eighty since version one point two, new line
    """.split { $0.isWhitespace }.map(String.init)

  /// A text as a model writes it, with what is said for a term in every tenth place.
  ///
  /// - Parameter count: Words of it.
  /// - Returns: Its words.
  func words(_ count: Int) -> [SpokenWord] {
    var texts: [String] = []
    var place = 0
    while texts.count < count {
      texts.append(Self.passage[place % Self.passage.count])
      place += 1
      if place % 10 == 0, !spoken.isEmpty {
        texts += spoken[place / 10 % spoken.count].split(separator: " ").map(String.init)
      }
    }
    return texts.prefix(count).enumerated().map { index, text in
      let start = 0.3 * Double(index)
      return SpokenWord(text, separator: index == 0 ? "" : " ", start: start, end: start + 0.25)
    }
  }
}
