/// Why a SentencePiece model could not be read.
package enum TokenizerError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not a SentencePiece model, or contradict themselves.
  case malformed(String)
  /// The model is sound, but needs something that this tokenizer does not do.
  case unsupported(String)
  /// It has more of something than is read of any tokenizer.
  case excessive(String)

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .malformed(let reason): "the tokenizer model is damaged: \(reason)"
    case .unsupported(let reason): "the tokenizer model is not supported: \(reason)"
    case .excessive(let what): "the tokenizer model has \(what), which is the limit"
    }
  }
}
