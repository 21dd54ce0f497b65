package import Checkpoint
internal import Glibc
package import Kernels

/// Samples to text, with one model: the whole engine.
///
/// A recogniser works on the calling thread and its team, one call at a time, and keeps its
/// memory from one utterance to the next.
package final class Recognizer {
  /// The model's tokenizer.
  package let tokenizer: Tokenizer
  /// Builds transcripts in the way of the decoder in use.
  package let transcripts: TranscriptBuilder
  /// Time spent since the start, or since the caller set it to zero.
  package var times = StageTimes()
  /// Times the stages, where somebody wants to know.
  package var stopwatch: Stopwatch?
  /// Threads that work together.
  package var threads: Int { team.size }
  /// How weights are kept.
  package let precision: Precision
  /// Samples that make one encoder frame.
  package let samplesPerFrame: Int
  /// Samples per second that the model wants.
  package let sampleRate: Int

  /// What the decoder remembers of the tokens so far.
  ///
  /// To set it to what it was takes the tokens since back. It is empty if it does not remember.
  package var memory: [Float] {
    get { head.memory }
    set { head.restore(newValue) }
  }

  let encoder: FastConformer
  let head: Head
  /// The threads that work together.
  package let team: Team
  let workspace = Workspace()
  /// What the latest call decoded: the next one writes over it.
  private var decoded: [Token] = []
  private let parameters: Parameters

  /// What turns encoder output into tokens.
  enum Head {
    case transducer(TransducerDecoder)
    case ctc(CTCDecoder)

    init?(
      _ choice: DecoderChoice, _ configuration: ModelConfiguration, _ parameters: Parameters
    ) throws(CheckpointError) {
      switch (choice, configuration.transducer) {
      case (.tdt, let transducer?):
        self = .transducer(
          try TransducerDecoder(transducer, blank: configuration.vocabularySize, parameters))
      case (.ctc, let transducer) where configuration.hasCTC:
        self = .ctc(try CTCDecoder(isOnlyHead: transducer == nil, parameters))
      default: return nil
      }
    }

    /// What the tokens so far left behind.
    var memory: [Float] {
      if case .transducer(let decoder) = self { decoder.memory } else { [] }
    }

    func restore(_ memory: [Float]) {
      if case .transducer(let decoder) = self { decoder.restore(memory) }
    }
  }

  /// Where an utterance's data lie.
  struct Buffers {
    let encoder: EncoderBuffers
    /// Projected frames `[T, J]`, or scores `[block, V + 1]`, where the encoder had what is wide.
    let decoder: Matrix
  }

  /// Prepares a model; its weights are read where they lie.
  ///
  /// - Parameters:
  ///   - checkpoint: An open model.
  ///   - threads: Threads that work together; 0 for one on each physical core.
  ///   - decoder: The head of a hybrid model to use; nil for the transducer if it has one.
  ///   - attention: How far attention looks, where not as the model says.
  ///   - precision: How weights are kept; nil for the quickest that the model has.
  /// - Throws: `RecognitionError` when the model lacks something.
  package init(
    checkpoint: Checkpoint, threads: Int = 0, decoder: DecoderChoice? = nil,
    attention: ModelConfiguration.AttentionContext? = nil, precision: Precision? = nil
  ) throws(RecognitionError) {
    var configuration = checkpoint.configuration
    configuration.encoder.attention = attention ?? configuration.encoder.attention
    do throws(TokenizerError) {
      tokenizer = try Tokenizer(model: checkpoint.tokenizerModel)
    } catch {
      throw .tokenizer(path: checkpoint.path, error)
    }
    let vocabulary = configuration.vocabularySize
    guard tokenizer.count == vocabulary else {
      throw .vocabulary(path: checkpoint.path, pieces: tokenizer.count, outputs: vocabulary)
    }
    guard let team = Team(size: threads) else { throw .resources }
    self.team = team
    self.precision = precision ?? .quickest(for: checkpoint)
    let parameters = Parameters(checkpoint, self.precision)
    self.parameters = parameters
    let choice = decoder ?? Self.decoders(of: configuration).first ?? .tdt
    let wanted: Head?
    do throws(CheckpointError) {
      encoder = try FastConformer(configuration, parameters)
      wanted = try Head(choice, configuration, parameters)
      try parameters.pack(team)
    } catch {
      throw .checkpoint(error)
    }
    guard let wanted else { throw .noDecoder(path: checkpoint.path, choice) }
    head = wanted
    if case .transducer(let decoder) = head { decoder.reset() }
    let timing: TokenTiming =
      switch head {
      case .ctc: .ctc
      case .transducer: configuration.transducer?.durations.isEmpty == false ? .tdt : .rnnt
      }
    sampleRate = configuration.preprocessor.sampleRate
    samplesPerFrame = configuration.preprocessor.hop * configuration.encoder.subsamplingFactor
    transcripts = TranscriptBuilder(
      tokenizer: tokenizer, timing: timing, separators: configuration.segmentSeparators,
      gapThreshold: configuration.segmentGapThreshold,
      secondsPerFrame: Double(samplesPerFrame) / Double(sampleRate))
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

  /// Recognises one utterance in one pass.
  ///
  /// - Parameter samples: 16 kHz mono, −1 … 1.
  /// - Returns: What was said.
  /// - Throws: `RecognitionError.memory` when the utterance is too long for this machine.
  package func transcribe(_ samples: UnsafeBufferPointer<Float>) throws(RecognitionError)
    -> Transcript
  {
    transcripts.transcript(tokens: try tokens(of: samples))
  }

  /// Decodes one utterance, or the next window of one, in one pass.
  ///
  /// A call that has no more to do than an earlier one allocates nothing, unless somebody still
  /// holds what the call before returned.
  ///
  /// - Parameters:
  ///   - samples: 16 kHz mono, −1 … 1.
  ///   - continuing: Whether the decoder goes on from the tokens of the call before.
  ///   - frames: Encoder frames to decode, counted from the first sample; the others are context
  ///     that the encoder hears and the decoder does not. Those beyond the end are left out.
  /// - Returns: Tokens with frames counted from the first sample given.
  /// - Throws: `RecognitionError.memory` when there are too many samples for this machine.
  package func tokens(
    of samples: UnsafeBufferPointer<Float>, continuing: Bool = false,
    frames: Range<Int> = 0..<Int.max
  ) throws(RecognitionError) -> [Token] {
    if !continuing, case .transducer(let decoder) = head { decoder.reset() }
    let frames = frames.clamped(to: 0..<encoder.frames(samples: samples.count))
    guard !frames.isEmpty else { return [] }
    let buffers = try buffers(samples: samples.count)
    stopwatch?.start()
    measure(&times.features) { encoder.extractFeatures(samples, buffers.encoder, team) }
    stopwatch?.lap(.features)
    times.multiplying -= ProductWork.multiplying.seconds
    times.packing -= ProductWork.packing.seconds
    measure(&times.encoder) { encoder.encode(buffers.encoder, team, stopwatch: stopwatch) }
    times.multiplying += ProductWork.multiplying.seconds
    times.packing += ProductWork.packing.seconds
    measure(&times.decoder) { decode(buffers, frames) }
    return decoded
  }

  /// Lets something else be recognised between two calls that continue each other.
  ///
  /// - Parameter body: May use the recogniser.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws.
  package func interrupted<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let memory = head.memory
    defer { head.restore(memory) }
    return try body()
  }

  /// Makes room for an utterance.
  func buffers(samples: Int, probing: Bool = false) throws(RecognitionError) -> Buffers {
    let (rows, columns) =
      switch head {
      case .transducer(let decoder): (encoder.frames(samples: samples), decoder.joint.width)
      case .ctc(let decoder): (CTCDecoder.block, decoder.output.outputs)
      }
    let result = workspace.carve { carver in
      let buffers = encoder.buffers(
        samples: samples, members: team.size, probing: probing, wide: rows * columns, &carver)
      return Buffers(encoder: buffers, decoder: buffers.wide(rows, columns))
    }
    switch result {
    case .success(let buffers): return buffers
    case .failure(let shortage):
      throw .memory(
        seconds: Double(samples) / Double(sampleRate), needed: shortage.needed,
        available: shortage.available)
    }
  }

  private func decode(_ buffers: Buffers, _ frames: Range<Int>) {
    let encoded = buffers.encoder.x.rows(frames)
    decoded.removeAll(keepingCapacity: true)
    switch head {
    case .transducer(let decoder):
      let projected = buffers.decoder.rows(0..<frames.count)
      decoder.project(buffers.encoder.operand(encoded), into: projected, team)
      stopwatch?.lap(.decoderProjection)
      decoder.decode(projected.view, into: &decoded, stopwatch: stopwatch)
    case .ctc(let decoder):
      decoder.decode(encoded, logits: buffers.decoder, into: &decoded, team)
    }
    stopwatch?.lap(.joint)
    for index in decoded.indices { decoded[index].frame += frames.lowerBound }
  }

  private func measure(_ seconds: inout Double, _ body: () -> Void) {
    let clock = ContinuousClock()
    let start = clock.now
    body()
    seconds += (clock.now - start) / .seconds(1)
  }
}
