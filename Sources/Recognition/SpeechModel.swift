package import Checkpoint
internal import Kernels

/// A model ready to recognise: weights, tables, tokenizer, and what the configuration says.
///
/// It does not change, so that any number of recognisers may share it, each on a thread of its
/// own; what a recognition works with belongs to its `Recognizer`. Float weights are read where
/// they lie in the file.
package final class SpeechModel: @unchecked Sendable {
  /// Text to pieces and back.
  package let tokenizer: Tokenizer
  /// Builds transcripts in the way of the head that decodes.
  package let transcripts: TranscriptBuilder
  /// How weights are kept.
  package let precision: Precision
  /// Samples that make one encoder frame.
  package let samplesPerFrame: Int
  /// Samples per second that the model wants.
  package let sampleRate: Int
  /// The state in which every recording begins.
  package let start: DecoderState

  let encoder: FastConformer
  let head: DecoderHead
  private let parameters: Parameters
  private let checkpoint: Checkpoint

  /// Whether there is a CTC head, which scores frames beside a transducer or decodes itself.
  package var hasCTC: Bool { head.ctc != nil }

  /// Prepares a model.
  ///
  /// - Parameters:
  ///   - checkpoint: An open model.
  ///   - decoder: The head that tokens come from; nil for the transducer if there is one.
  ///   - attention: How far attention looks, where not as the model says.
  ///   - precision: How weights are kept; nil for the quickest that the model has.
  ///   - threads: Threads that round weights which are not stored as they are kept; 0 for one on
  ///     each physical core.
  /// - Throws: `RecognitionError` when the model lacks something.
  package init(
    _ checkpoint: Checkpoint, decoder: DecoderChoice? = nil,
    attention: ModelConfiguration.AttentionContext? = nil, precision: Precision? = nil,
    threads: Int = 0
  ) throws(RecognitionError) {
    self.checkpoint = checkpoint
    var configuration = checkpoint.configuration
    configuration.encoder.attention = attention ?? configuration.encoder.attention
    tokenizer = try Self.tokenizer(of: checkpoint)
    self.precision = precision ?? .quickest(for: checkpoint)
    let parameters = Parameters(checkpoint, self.precision)
    self.parameters = parameters
    let choice = decoder ?? Self.decoders(of: configuration).first ?? .tdt
    let wanted: DecoderHead?
    do throws(CheckpointError) {
      encoder = try FastConformer(configuration, parameters)
      wanted = try DecoderHead(choice, configuration, parameters)
    } catch {
      throw .checkpoint(error)
    }
    guard let wanted else { throw .noDecoder(path: checkpoint.path, choice) }
    head = wanted
    try Self.pack(parameters, threads: threads)
    start = try Self.start(of: head)
    sampleRate = configuration.preprocessor.sampleRate
    samplesPerFrame = configuration.preprocessor.hop * configuration.encoder.subsamplingFactor
    transcripts = TranscriptBuilder(
      tokenizer: tokenizer, timing: Self.timing(of: head),
      separators: configuration.segmentSeparators,
      gapThreshold: configuration.segmentGapThreshold,
      secondsPerFrame: Double(samplesPerFrame) / Double(sampleRate))
    try check()
  }

  /// Tells whether the weights that were read so far were there.
  ///
  /// - Throws: `RecognitionError.checkpoint` where somebody changed the model's file.
  func check() throws(RecognitionError) {
    do throws(CheckpointError) { try checkpoint.check() } catch { throw .checkpoint(error) }
  }

  /// The heads of a model, the one used by default first.
  package static func decoders(of configuration: ModelConfiguration) -> [DecoderChoice] {
    (configuration.transducer == nil ? [] : [.tdt]) + (configuration.hasCTC ? [.ctc] : [])
  }

  /// Whether relative positions are projected anew in every pass over so many samples, because the
  /// kept ones do not reach that far.
  package func projectsPositions(samples: Int) -> Bool {
    encoder.needsFarPositions(encoder.frames(samples: samples))
  }

  private static func tokenizer(
    of checkpoint: Checkpoint
  ) throws(RecognitionError) -> Tokenizer {
    let tokenizer: Tokenizer
    do throws(TokenizerError) {
      tokenizer = try Tokenizer(model: checkpoint.tokenizerModel)
    } catch {
      throw .tokenizer(path: checkpoint.path, error)
    }
    let outputs = checkpoint.configuration.vocabularySize
    guard tokenizer.count == outputs else {
      throw .vocabulary(path: checkpoint.path, pieces: tokenizer.count, outputs: outputs)
    }
    return tokenizer
  }

  private static func pack(
    _ parameters: Parameters, threads: Int
  ) throws(RecognitionError) {
    guard parameters.hasUnpacked else { return }
    guard let team = Team(size: threads) else { throw .resources }
    do throws(CheckpointError) {
      try parameters.pack(team)
    } catch {
      throw .checkpoint(error)
    }
  }

  private static func start(
    of head: DecoderHead
  ) throws(RecognitionError) -> DecoderState {
    guard let transducer = head.transducer else { return DecoderState() }
    let workspace = Workspace()
    guard
      case .success(let scratch) = workspace.carve({ TransducerScratch(for: transducer, &$0) })
    else { throw .resources }
    return withExtendedLifetime(workspace) { transducer.start(scratch) }
  }

  private static func timing(of head: DecoderHead) -> TokenTiming {
    guard let transducer = head.transducer else { return .ctc }
    return transducer.search.durations.isEmpty ? .rnnt : .tdt
  }
}
