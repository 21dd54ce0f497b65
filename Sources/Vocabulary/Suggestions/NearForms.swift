internal import System

/// Forms of listed terms of which all words but one were heard, and that one nearly.
///
/// Forms are found by their words without one, so that the time does not grow with the lists: each
/// place of a form is left open once. A form of a single word is found by how it sounds. Words that
/// English may mean are no evidence of a term.
struct NearForms {
  /// A term, and the list that has it.
  struct Owner {
    let term: Term
    let file: String
  }

  /// Words that nearly say a term.
  struct Match {
    let words: Range<Int>
    /// The owner's place.
    let form: Int
  }

  private struct Form {
    let owner: Int
    let words: [[UInt8]]
  }

  private var owners: [Owner] = []
  private var forms: [Form] = []
  /// Forms by their words without one.
  private var open: [UInt64: [Int32]] = [:]
  /// Forms of one word by how they sound.
  private var sounds: [[UInt8]: [Int32]] = [:]

  /// Words of a form that is looked for.
  private static let longest = 8

  /// Prepares to find forms of all terms in some lists.
  init(_ lists: [VocabularyList]) {
    var reader = SpellingReader()
    for list in lists {
      for entry in list.entries {
        owners.append(Owner(term: entry.term, file: list.file))
        for form in reader.forms(of: entry.term) where form.kind != .lossy { add(form) }
      }
    }
  }

  /// The term that a match says.
  func owner(of form: Int) -> Owner { owners[form] }

  /// All places where a term was nearly said, the longest first from each word on.
  func matches(in words: [String]) -> [Match] {
    let folded = words.map(FoldedWord.init)
    var matches: [Match] = []
    var index = 0
    while index < folded.count {
      if let match = match(at: index, in: folded) {
        matches.append(match)
        index = match.words.upperBound
      } else {
        index += 1
      }
    }
    return matches
  }

  private mutating func add(_ form: SpokenForm) {
    let words = form.text.split(separator: " ").map { FoldedWord.key(of: $0) }
    let number = Int32(forms.count)
    guard (1...Self.longest).contains(words.count), words.allSatisfy({ !$0.isEmpty }) else {
      return
    }
    forms.append(Form(owner: owners.count - 1, words: words))
    if words.count == 1 {
      if words[0].count > 4 { sounds[NearWords.sound(of: words[0]), default: []].append(number) }
      return
    }
    for place in words.indices {
      open[Self.hash(words[..<place], words[(place + 1)...]), default: []].append(number)
    }
  }

  private func match(at start: Int, in words: [FoldedWord]) -> Match? {
    var keys: [[UInt8]] = []
    for word in words[start...].prefix(Self.longest + 1) {
      guard !word.key.isEmpty, keys.isEmpty || word.mayContinue else { break }
      keys.append(word.key)
      if !word.mayGoOn { break }
    }
    for count in stride(from: keys.count, to: 0, by: -1) {
      let window = keys[..<count]
      guard let form = form(window), !OrdinaryEnglish.isOrdinary(window) else { continue }
      return Match(words: start..<start + count, form: forms[form].owner)
    }
    return nil
  }

  /// A form that words nearly are: with another word in one place, or two words for one.
  private func form(_ words: ArraySlice<[UInt8]>) -> Int? {
    for width in 1...2 where width <= words.count {
      for place in 0...words.count - width {
        let heard = Array(words[place..<place + width].joined())
        let rest = (words[..<place], words[(place + width)...])
        let candidates =
          words.count == width
          ? sounds[NearWords.sound(of: heard)] : open[Self.hash(rest.0, rest.1)]
        for number in candidates ?? [] {
          let form = forms[Int(number)].words
          guard form.count == words.count - width + 1, form[..<place] == rest.0,
            Array(form[(place + 1)...]) == Array(rest.1), form[place] != heard,
            NearWords.areNear(form[place], heard, byLetters: width == 2)
          else { continue }
          return Int(number)
        }
      }
    }
    return nil
  }

  private static func hash(_ before: ArraySlice<[UInt8]>, _ behind: ArraySlice<[UInt8]>) -> UInt64 {
    var hash = ContentHash()
    for words in [before, behind] {
      for word in words {
        hash.combine(word)
        hash.combine(0x20)
      }
      hash.combine(0)
    }
    return hash.number
  }
}
