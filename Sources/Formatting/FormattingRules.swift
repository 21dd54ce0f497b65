package import Recognition
package import Vocabulary

/// How texts are written, made ready for use; immutable, so that dictations may share it.
package struct FormattingRules: Sendable {
  /// What the user wants.
  package let settings: FormattingSettings
  let terms: TermMatcher?
  private let judged: JudgedVocabulary?
  private let biased: BiasedVocabulary?
  let casing: CasingCommands?
  let spelling: Spelling?
  let marks: SpokenMarks?
  let replacements: ReplacementTable?

  /// Prepares.
  ///
  /// - Parameters:
  ///   - settings: What the user wants; by default a text is what the model wrote.
  ///   - terms: Finds the terms of the vocabulary.
  ///   - judging: How sure the audio has to be of terms that the words do not say; nil where the
  ///     words decide alone.
  ///   - tokens: The same terms as tokens, which may be ready for a model already; nil to make them
  ///     when they are needed.
  ///   - biased: The same terms, as far as recognition favours them; nil where it does not.
  package init(
    _ settings: FormattingSettings = FormattingSettings(), terms: TermMatcher? = nil,
    judging: Judging? = nil, tokens: TermTokens? = nil, biased: BiasedVocabulary? = nil
  ) {
    self.settings = settings
    (self.terms, self.biased) = (terms, biased)
    judged = terms.flatMap { terms in
      guard let judging, let tokens = tokens ?? TermTokens(terms) else { return nil }
      return JudgedVocabulary(matcher: terms, judging: judging, tokens: tokens)
    }
    let has = settings.rules.contains
    casing = has(.casing) ? CasingCommands() : nil
    spelling = has(.spelling) ? Spelling() : nil
    let (prose, code) = (has(.punctuation), has(.symbols))
    marks = prose || code ? SpokenMarks(prose: prose, code: code) : nil
    replacements =
      settings.replacements.isEmpty ? nil : ReplacementTable(settings.replacements)
  }

  /// What decides about terms in a recording by its audio.
  ///
  /// - Parameters:
  ///   - model: What decodes it.
  ///   - wanted: Terms of which it is to give accounts, of none for all; nil for no accounts.
  /// - Returns: nil where the words decide alone, as they do without a CTC head.
  package func judge(
    for model: SpeechModel, explaining wanted: Set<String>? = nil
  ) -> TermJudge? {
    model.hasCTC ? judged.map { TermJudge(model, $0, explaining: wanted) } : nil
  }

  /// What recognition favours in a recording.
  ///
  /// - Parameter model: What decodes it.
  /// - Returns: nil where it favours nothing.
  package func biasing(for model: SpeechModel) -> Biasing? { biased?.biasing(for: model) }

  /// Whether a model's mark may vanish when it is known what comes behind it.
  var changesMarks: Bool { marks != nil || has(.fillers) }

  /// Whether a rule is on.
  func has(_ rule: FormattingRule) -> Bool { settings.rules.contains(rule) }

  /// What is written for the first word and perhaps more.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - before: What stands before them.
  ///   - openPairs: The marks of which one was opened and not closed.
  /// - Returns: nil for the word as it is.
  /// - Throws: `Undecided` where that depends on words to come.
  func match(
    _ reader: WordReader, after before: WordBefore, openPairs: inout Set<String>
  ) throws(Undecided) -> Match? {
    if let term = try reader.term() {
      var piece = Piece(term.text, .written)
      piece.mark = reader.last(of: term.count).mark
      piece.term = term.spelling
      return Match(term.count, piece)
    }
    if !before.isDeterminer {
      if let name = try name(reader) { return name }
      if let word = try spelling?.word(reader) { return word }
    }
    // Where it is a mark of programs too, it is one behind a name: "x minus five".
    if has(.numbers), !has(.symbols) || before.isSymbol,
      let number = try Numbers.negative(reader, after: before)
    {
      return number
    }
    if let mark = try marks?.mark(reader, after: before, openPairs: &openPairs) {
      return mark
    }
    if has(.numbers), let number = try Numbers.number(reader, after: before) { return number }
    return try replacements?.piece(reader)
  }

  private func name(_ reader: WordReader) throws(Undecided) -> Match? {
    try casing?.name(
      reader,
      term: { place throws(Undecided) in try reader.term(at: place, isGuarded: false) },
      isCommand: { place throws(Undecided) in try isCommand(reader, at: place) })
  }

  /// Whether something begins at a place that ends a name.
  private func isCommand(_ reader: WordReader, at place: Int) throws(Undecided) -> Bool {
    if try casing?.command(reader, at: place) != nil { return true }
    if try spelling?.begins(reader, at: place) == true { return true }
    if try marks?.begins(reader, at: place) == true { return true }
    guard has(.corrections) else { return false }
    return try Corrections.length(reader, at: place, after: WordBefore()) != nil
  }
}
