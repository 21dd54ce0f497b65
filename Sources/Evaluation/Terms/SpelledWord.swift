/// A word as it is written, without the punctuation round it.
struct SpelledWord: Equatable {
  /// Its own spelling.
  let exact: String
  /// In lower case: what word error rates compare.
  let folded: String

  init(_ exact: String) {
    self.exact = exact
    folded = exact.lowercased()
  }
}
