/// What is counted in clips, to be added up.
package struct Counts: Equatable, Sendable {
  /// How many there are.
  package internal(set) var clips = 0
  /// How long they are together.
  package internal(set) var seconds = 0.0
  /// Words that are said.
  package internal(set) var words = 0
  /// Levenshtein's distance in words.
  package internal(set) var edits = 0
  /// Words that only the text has, that it lacks, and others in their place: together the distance.
  package internal(set) var insertions = 0
  package internal(set) var deletions = 0
  package internal(set) var substitutions = 0
  /// Characters that are said, with a space between words.
  package internal(set) var characters = 0
  /// Levenshtein's distance in characters.
  package internal(set) var characterEdits = 0
  /// Punctuation marks that are said, and those that are wrong; with those that only the text has,
  /// each mark counts once.
  package internal(set) var marks = 0
  package internal(set) var markErrors = 0
  package internal(set) var comparedMarks = 0
  /// Right words, letters and all but case, and those whose case is wrong.
  package internal(set) var casedWords = 0
  package internal(set) var caseErrors = 0
  /// Words that are said with a capital.
  package internal(set) var capitals = 0
  /// Words of the terms that are said.
  package internal(set) var biasedWords = 0
  /// Those that are wrong, and insertions of these words.
  package internal(set) var biasedErrors = 0
  /// Words outside terms that are wrong, and other insertions.
  package internal(set) var otherErrors = 0
  /// Terms that are said.
  package internal(set) var said = 0
  /// Terms that are written as the list has them, case included.
  package internal(set) var exact = WrittenTerms()
  /// Words that are those of a term in some case.
  package internal(set) var saidInAnyCase = 0
  /// Terms that are written in any case.
  package internal(set) var folded = WrittenTerms()
  /// Words of the transcript without a list.
  package internal(set) var plainWords = 0
  /// Words outside terms that differ from that transcript.
  package internal(set) var damagedWords = 0
  /// Clips with such words.
  package internal(set) var damagedClips = 0
  /// Clips whose text is not, byte for byte, that without a list.
  package internal(set) var changedClips = 0

  static func += (sum: inout Counts, part: Counts) { sum.add(part, 1) }
  static func -= (sum: inout Counts, part: Counts) { sum.add(part, -1) }

  private mutating func add(_ part: Counts, _ sign: Int) {
    clips += sign * part.clips
    seconds += Double(sign) * part.seconds
    words += sign * part.words
    edits += sign * part.edits
    insertions += sign * part.insertions
    deletions += sign * part.deletions
    substitutions += sign * part.substitutions
    characters += sign * part.characters
    characterEdits += sign * part.characterEdits
    marks += sign * part.marks
    markErrors += sign * part.markErrors
    comparedMarks += sign * part.comparedMarks
    casedWords += sign * part.casedWords
    caseErrors += sign * part.caseErrors
    capitals += sign * part.capitals
    biasedWords += sign * part.biasedWords
    biasedErrors += sign * part.biasedErrors
    otherErrors += sign * part.otherErrors
    said += sign * part.said
    saidInAnyCase += sign * part.saidInAnyCase
    exact.right += sign * part.exact.right
    exact.wrong += sign * part.exact.wrong
    folded.right += sign * part.folded.right
    folded.wrong += sign * part.folded.wrong
    plainWords += sign * part.plainWords
    damagedWords += sign * part.damagedWords
    damagedClips += sign * part.damagedClips
    changedClips += sign * part.changedClips
  }
}
