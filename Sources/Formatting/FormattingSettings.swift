/// How texts are written, as the user wants it.
package struct FormattingSettings: Sendable, Equatable {
  /// What is written otherwise than it was said.
  package var rules: Set<FormattingRule>
  /// The user's own replacements.
  package var replacements: [PhraseReplacement]

  /// Settings; without any, a text is what the model wrote.
  package init(rules: Set<FormattingRule> = [], replacements: [PhraseReplacement] = []) {
    self.rules = rules
    self.replacements = replacements
  }
}
