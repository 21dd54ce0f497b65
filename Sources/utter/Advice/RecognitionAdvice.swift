import ArgumentParser
import Recognition

extension RecognitionError: AdvisedError {
  var advice: String? {
    switch self {
    case .checkpoint(let error): error.advice
    case .tokenizer(_, .malformed):
      "the model is damaged; import it again from the publisher's .nemo file"
    case .tokenizer: "take a model with a SentencePiece tokenizer as NeMo makes them"
    case .vocabulary: "tokenizer and weights are of two models; use both from one .nemo file"
    case .noDecoder(_, .ctc): "leave --decoder out, or use a hybrid model"
    case .noDecoder(_, .tdt): "leave --decoder out: this is a CTC model"
    case .noBeam: "leave --beam and --nbest out, or decode with a transducer"
    case .memory: "leave --full-context out: windows of 30 s need little memory"
    case .resources: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .checkpoint(let error): error.exitCode
    case .tokenizer, .vocabulary, .noDecoder, .noBeam: .badData
    case .memory, .resources: .unavailable
    }
  }
}
