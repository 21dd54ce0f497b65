/// Why a SentencePiece model could not be read.
package enum TokenizerError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a SentencePiece model, or contradict themselves.
  case malformed(String)
  /// The model is sound, but needs something that this tokenizer does not do.
  case unsupported(String)

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .malformed(let reason): "the tokenizer model is damaged: \(reason)"
    case .unsupported(let reason): "the tokenizer model is not supported: \(reason)"
    }
  }
}
