package import Checkpoint

/// Why a model cannot recognise.
package enum RecognitionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Its weights or configuration cannot be read.
  case checkpoint(CheckpointError)
  /// Its tokenizer cannot be read.
  case tokenizer(path: String, TokenizerError)
  /// Its tokenizer has another number of pieces than the network has outputs.
  case vocabulary(path: String, pieces: Int, outputs: Int)
  /// It has no head of the kind asked for.
  case noDecoder(path: String, DecoderChoice)
  /// A beam search is wanted where a CTC head decodes.
  case noBeam
  /// An utterance needs more memory than there is; both in bytes.
  case memory(seconds: Double, needed: Int, available: Int)
  /// The system gave no memory or threads at all.
  case resources

  /// What is wrong, on one line.
  package var description: String {
    switch self {
    case .checkpoint(let error): "\(error)"
    case .tokenizer(let path, let error): "\(path): \(error)"
    case .vocabulary(let path, let pieces, let outputs):
      "\(path): the tokenizer has \(pieces) pieces, the network \(outputs)"
    case .noDecoder(let path, let choice): "\(path): the model has no \(choice.rawValue) decoder"
    case .noBeam: "a CTC decoder has no beam search"
    case .memory(let seconds, let needed, let available):
      "\(Int(seconds)) s of audio in one pass need \(needed >> 20) MB of memory,"
        + " \(available >> 20) MB are free"
    case .resources: "the system refused memory or threads"
    }
  }
}
