internal import Checkpoint
internal import Kernels

/// What turns encoder output into tokens.
enum DecoderHead {
  /// A transducer and, in a hybrid model, the CTC head beside it, which can score the same frames.
  case transducer(TransducerDecoder, beside: CTCDecoder?)
  /// A CTC head that decodes.
  case ctc(CTCDecoder)

  /// Loads a head; nil where the model has none of that kind.
  init?(
    _ choice: DecoderChoice, _ configuration: ModelConfiguration, _ parameters: Parameters
  ) throws(CheckpointError) {
    let hasTransducer = configuration.transducer != nil
    let ctc = configuration.hasCTC ? try CTCDecoder(isOnlyHead: !hasTransducer, parameters) : nil
    switch (choice, configuration.transducer, ctc) {
    case (.tdt, let transducer?, _):
      self = .transducer(
        try TransducerDecoder(transducer, blank: configuration.vocabularySize, parameters),
        beside: ctc)
    case (.ctc, _, let ctc?): self = .ctc(ctc)
    default: return nil
    }
  }

  /// The transducer, where that is what decodes.
  var transducer: TransducerDecoder? {
    if case .transducer(let decoder, _) = self { decoder } else { nil }
  }

  /// The CTC head, where there is one.
  var ctc: CTCDecoder? {
    switch self {
    case .transducer(_, let ctc): ctc
    case .ctc(let ctc): ctc
    }
  }

  /// Floats of the largest matrix that decoding some frames takes.
  func wideCount(frames: Int) -> Int {
    max(
      frames * (transducer?.joint.width ?? 0), CTCDecoder.rows * (ctc?.output.outputs ?? 0))
  }
}

/// Which head of a hybrid model decodes.
package enum DecoderChoice: String, Sendable, CaseIterable {
  /// The transducer: TDT, or RNN-T where the model is one.
  case tdt
  /// Connectionist temporal classification.
  case ctc
}
