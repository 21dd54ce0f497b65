internal import Checkpoint
package import Kernels

/// Samples to tokens, with one model: a team of threads and the memory that it works in.
///
/// A recogniser works on the calling thread and its team, one call at a time, and keeps its
/// memory from one utterance to the next. It remembers nothing of a recording: that is in the
/// `DecoderState` that the caller holds, so that one recogniser serves several recordings in turn.
/// Recognisers that share a model may work at the same time.
package final class Recognizer {
  /// What it recognises with.
  package let model: SpeechModel
  /// Times what it does, where somebody wants to know.
  package var instrument: Instrument?
  /// Threads that work together.
  package var threads: Int { team.size }
  /// The threads that work together.
  package let team: Team

  /// Bytes of the memory that it works in: as many as the longest utterance so far needed.
  package var workspaceBytes: Int { workspace.byteCount }

  private let workspace = Workspace()
  /// What the latest call decoded: the next one writes over it.
  private var decoded: [Token] = []
  /// The state of a recording that is decoded in one call.
  private var whole: DecoderState
  /// Searches with more than one string of tokens, where that is wanted.
  private let beam: Beam?
  /// The first frame that the latest call decoded, and whether a beam search found its tokens.
  private var latest = (frame: 0, isBeam: false)

  /// What else the latest call may have decoded, with that itself, the best first; nothing without
  /// a beam search, and where that found no tokens.
  package var alternatives: [Alternative] {
    latest.isBeam ? beam?.search.alternatives(from: latest.frame) ?? [] : []
  }

  /// Where an utterance's data lie.
  struct Buffers {
    let encoder: EncoderBuffers
    /// Where a transducer's networks compute.
    let scratch: TransducerScratch
  }

  /// Starts a team.
  ///
  /// - Parameters:
  ///   - model: What to recognise with.
  ///   - threads: Threads that work together; 0 for one on each physical core.
  ///   - alike: Threads of another recogniser that this one is to agree with to the last bit; nil
  ///     for its own.
  ///   - width: Strings of tokens that are compared at each frame; nil for the greedy search.
  /// - Throws: `RecognitionError.resources` when there are no threads to be had, and `.noBeam`
  ///   where a CTC head decodes.
  package init(
    _ model: SpeechModel, threads: Int = 0, alike: Int? = nil, beam width: Int? = nil
  ) throws(RecognitionError) {
    guard width == nil || model.head.transducer != nil else { throw .noBeam }
    beam = width.flatMap { width in model.head.transducer.map { Beam($0, width: width) } }
    guard let team = Team(size: threads, cuts: alike) else { throw .resources }
    self.model = model
    self.team = team
    whole = model.start
  }

  /// Recognises one utterance in one pass.
  ///
  /// - Parameter samples: 16 kHz mono, −1 … 1.
  /// - Returns: What was said.
  /// - Throws: `RecognitionError.memory` when the utterance is too long for this machine.
  package func transcribe(
    _ samples: UnsafeBufferPointer<Float>
  ) throws(RecognitionError) -> Transcript {
    model.transcripts.transcript(tokens: try tokens(of: samples))
  }

  /// Decodes one utterance in one pass.
  ///
  /// - Parameter samples: 16 kHz mono, −1 … 1.
  /// - Returns: Tokens with frames counted from the first sample.
  /// - Throws: `RecognitionError.memory` when there are too many samples for this machine.
  package func tokens(
    of samples: UnsafeBufferPointer<Float>
  ) throws(RecognitionError) -> [Token] {
    whole.restart(from: model.start)
    return try tokens(of: samples, continuing: &whole)
  }

  /// Decodes the next stretch of a recording in one pass.
  ///
  /// A call that has no more to do than an earlier one allocates nothing, unless somebody still
  /// holds what the call before returned, or a copy of the state.
  ///
  /// - Parameters:
  ///   - samples: 16 kHz mono, −1 … 1.
  ///   - frames: Encoder frames to decode, counted from the first sample; the others are context
  ///     that the encoder hears and the decoder does not. Those beyond the end are left out.
  ///   - state: What the recording left behind so far; `state.frame` is the first one to decode.
  ///   - scores: Gets the scores of the CTC head for the same frames, where the model has one.
  ///   - evidence: Keeps what the networks said of the frames.
  /// - Returns: Tokens with frames counted from the start of the recording.
  /// - Throws: `RecognitionError.memory` when there are too many samples for this machine, and
  ///   `.checkpoint` when the model's file was changed, of which nothing is right any more.
  package func tokens(
    of samples: UnsafeBufferPointer<Float>, frames: Range<Int> = 0..<Int.max,
    continuing state: inout DecoderState, scores: CTCScores? = nil, evidence: Evidence? = nil
  ) throws(RecognitionError) -> [Token] {
    let encoder = model.encoder
    let frames = frames.clamped(to: 0..<encoder.frames(samples: samples.count))
    evidence?.begin(at: state.frame, frames: frames.count)
    guard !frames.isEmpty else { return [] }
    let buffers = try buffers(samples: samples.count)
    instrument?.start()
    encoder.extractFeatures(samples, buffers.encoder, team)
    instrument?.lap(.features)
    encoder.encode(buffers.encoder, team, instrument: instrument)
    if let evidence {
      decode(buffers, frames, continuing: &state, evidence) { frame, values in
        scores?(frame, values)
        evidence.keep(scores: values)
      }
      evidence.keep(decoded)
    } else {
      decode(buffers, frames, continuing: &state, nil, scores)
    }
    try model.check()
    return decoded
  }

  /// Makes room for an utterance.
  func buffers(samples: Int, probing: Bool = false) throws(RecognitionError) -> Buffers {
    let (encoder, head) = (model.encoder, model.head)
    let wide = head.wideCount(frames: encoder.frames(samples: samples))
    let result = workspace.carve { carver in
      Buffers(
        encoder: encoder.buffers(
          samples: samples, members: team.size, probing: probing, wide: wide, &carver),
        scratch: TransducerScratch(for: head.transducer, &carver))
    }
    switch result {
    case .success(let buffers): return buffers
    case .failure(let shortage):
      throw .memory(
        seconds: Double(samples) / Double(model.sampleRate), needed: shortage.needed,
        available: shortage.available)
    }
  }

  private func decode(
    _ buffers: Buffers, _ frames: Range<Int>, continuing state: inout DecoderState,
    _ evidence: Evidence?, _ observe: CTCScores?
  ) {
    let encoded = buffers.encoder.x.rows(frames)
    decoded.removeAll(keepingCapacity: true)
    switch model.head {
    case .transducer(let decoder, let ctc):
      if let observe, let ctc {
        let room = buffers.encoder.wide(CTCDecoder.rows, ctc.output.outputs)
        ctc.score(encoded, room: room, team) { observe(state.frame + $0, $1) }
      }
      let projected = buffers.encoder.wide(frames.count, decoder.joint.width)
      decoder.project(buffers.encoder.operand(encoded), into: projected, team)
      instrument?.lap(.decoderProjection)
      evidence?.keep(projected: projected.view)
      latest = (state.frame, false)
      if let beam {
        latest.isBeam = beam.decode(
          projected.view, decoder, continuing: &state, buffers.scratch, into: &decoded,
          instrument: instrument, evidence: evidence)
      }
      // A beam search that hears nothing may have passed over speech.
      if !latest.isBeam {
        decoder.decode(
          projected.view, continuing: &state, buffers.scratch, into: &decoded,
          instrument: instrument, evidence: evidence)
      }
    case .ctc(let decoder):
      let room = buffers.encoder.wide(CTCDecoder.rows, decoder.output.outputs)
      decoder.decode(
        encoded, room: room, continuing: &state, into: &decoded, team, observe: observe)
    }
    instrument?.lap(.joint)
  }
}
