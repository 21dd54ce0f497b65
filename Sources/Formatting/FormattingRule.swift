/// What can be written otherwise than it was said; each is a switch of its own.
package enum FormattingRule: String, CaseIterable, Codable, Sendable {
  /// "snake user id": names of programs, in the case that a command before them says.
  case casing
  /// "spell k u b e": words letter by letter.
  case spelling
  /// "comma", "new line": marks of prose.
  case punctuation
  /// "open paren", "arrow": marks of programs.
  case symbols
  /// "twenty six": numbers, times, dates and versions in digits.
  case numbers
  /// "um", "uh": left out.
  case fillers
  /// "scratch that": takes back what was said last.
  case corrections
}
