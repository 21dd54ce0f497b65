/// How much a list may hold.
package enum ListLimits {
  /// Terms in force at once.
  package static let terms = 20_000
  /// Bytes of a spelling, and of a spoken form.
  package static let bytes = 200
  /// Spoken forms that are listed for a term.
  package static let forms = 16
  /// Pieces of a model that a spoken form is cut into.
  package static let tokens = 64
  /// Bytes of a list's file.
  package static let fileBytes = 8 << 20
}
