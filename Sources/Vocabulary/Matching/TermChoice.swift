/// Which of several terms is written that are said in the same way.
struct TermChoice {
  /// A term that may be written.
  struct Candidate: Sendable {
    let spelling: String
    let casing: Term.Casing
    let origin: Term.Origin
    /// Whether somebody listed the form.
    let isListed: Bool
    let weight: Double
    /// The form's place among those of the term.
    let rank: Int

    /// Whether it is written rather than another.
    func precedes(_ other: Candidate) -> Bool {
      if origin != other.origin { return origin > other.origin }
      if isListed != other.isListed { return isListed }
      if weight != other.weight { return weight > other.weight }
      if rank != other.rank { return rank < other.rank }
      return spelling < other.spelling
    }
  }

  private var candidates: [Candidate] = []
  /// Terms that are spelled with the words.
  private var spellings: [String] = []

  /// The term that is written; nil for none.
  ///
  /// Words that are spelled like a term are that term, or stay as they are, and become no other.
  var term: Candidate? {
    let allowed =
      isSpelled ? candidates.filter { spellings.contains($0.spelling) } : candidates
    return allowed.dropFirst().reduce(allowed.first) { best, next in
      if let best, best.precedes(next) { best } else { next }
    }
  }

  /// Whether the words are spelled like a term.
  var isSpelled: Bool { !spellings.isEmpty }

  /// Takes in a term that may be written.
  mutating func offer(_ candidate: Candidate) { candidates.append(candidate) }

  /// Takes in a term that is spelled with the words, whether it may be written for them or not.
  mutating func note(spelling: String) { spellings.append(spelling) }
}
