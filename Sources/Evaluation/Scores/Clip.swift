/// A recording with what is said in it and what each method wrote.
package struct Clip: Sendable {
  /// Path of the recording, and the part of it, for people.
  package let name: String
  /// What it counts for beside the whole, such as who speaks; nil for nothing.
  package let group: String?
  /// Its length in seconds.
  package let seconds: Double
  /// What is said, terms in their spelling.
  package let reference: String
  /// The text by method, in the methods' order; that of the first one knows no list.
  package let texts: [String]
  /// The terms that were listed.
  package let terms: TermSet

  /// Creates a clip from all its parts.
  package init(
    name: String, group: String?, seconds: Double, reference: String, texts: [String],
    terms: TermSet
  ) {
    self.name = name
    self.group = group
    self.seconds = seconds
    self.reference = reference
    self.texts = texts
    self.terms = terms
  }
}
