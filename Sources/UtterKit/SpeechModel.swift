internal import Audio
internal import Recognition
internal import Transcription

/// A speech model in memory: recordings and dictations to text.
///
/// A model computes on threads of its own, one on each physical core, never on those of Swift's
/// tasks. Several tasks may use it; their calls take turns. Load it once, and keep it.
public struct SpeechModel: Sendable {
  private let engine: Engine

  /// Loads a model; a large one takes seconds.
  ///
  /// - Parameter model: The path of a model's folder or `.nemo` file, or the name of a model that
  ///   `utter model list` shows.
  /// - Returns: The model, ready to recognise.
  /// - Throws: ``UtterError`` where there is no such model, or it cannot be used.
  public static func load(_ model: String) async throws -> SpeechModel {
    SpeechModel(
      engine: try await Engine.make { try Recognizer(LoadedModel(model).speech) })
  }

  /// Recognises speech of any length.
  ///
  /// - Parameter samples: 16 kHz, one channel, −1 … 1.
  /// - Returns: What was said.
  /// - Throws: ``UtterError`` where this machine has too little memory.
  public func transcribe(samples: [Float]) async throws -> Transcript {
    try await engine.run { recognizer in
      var transcriber = LongFormTranscriber(recognizer: recognizer)
      try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
      let seconds = Double(samples.count) / Double(recognizer.model.sampleRate)
      return Transcript(try transcriber.finish(), by: recognizer.model, duration: seconds)
    }
  }

  /// Recognises a recording of any length, in memory that does not grow with it.
  ///
  /// - Parameter path: WAV, FLAC, Ogg, MP3, and with ffmpeg installed whatever it decodes; `-` is
  ///   standard input.
  /// - Returns: What was said.
  /// - Throws: ``UtterError`` where the file is no recording, or is damaged.
  public func transcribe(file path: String) async throws -> Transcript {
    try await engine.run { recognizer in
      Transcript(try FileTranscriber(recognizer, model: "").document(of: try AudioFile(path: path)))
    }
  }

  /// Recognises speech while it is spoken.
  ///
  /// Nothing is computed before somebody asks for an event; what was not asked for yet waits in the
  /// audio's sequence.
  ///
  /// - Parameters:
  ///   - audio: Pieces of any size: 16 kHz, one channel, −1 … 1. Its end ends the dictation.
  ///   - partials: Whether to tell, about twice a second, what text looks like that may change.
  /// - Returns: What happens; a transcript comes last.
  public func dictate<Audio: AsyncSequence>(
    _ audio: Audio, partials: Bool = true
  ) -> DictationEvents<Audio> where Audio.Element == [Float] {
    DictationEvents(engine: engine, audio: audio, partials: partials)
  }
}
