import Audio
import Checkpoint
import Foundation
import Recognition

/// A loaded model that transcribes one file after the other.
struct FileTranscriber {
  /// The name or path the user gave.
  let model: String
  private let recognizer: Recognizer
  private let fullContext: Bool
  private let loadSeconds: Double

  /// Loads a model by name or path; takes seconds for large ones.
  init(
    model: String, threads: Int, decoder: DecoderChoice?, precision: Precision?, fullContext: Bool
  ) throws {
    let start = ContinuousClock.now
    self.model = model
    self.fullContext = fullContext
    let checkpoint = try Checkpoint.open(ModelStore().resolve(model))
    recognizer = try Recognizer(
      SpeechModel(checkpoint, decoder: decoder, precision: precision, threads: threads),
      threads: threads)
    loadSeconds = start.duration(to: .now) / .seconds(1)
  }

  /// Reads a recording to its end and gathers what was said in it.
  func document(of audio: AudioFile) throws -> TranscriptDocument {
    let start = ContinuousClock.now
    recognizer.times = StageTimes()
    var progress = TranscriptionProgress(name: audio.path, duration: audio.duration)
    defer { TranscriptionProgress.clear() }
    var transcriber = LongFormTranscriber(
      recognizer: recognizer, fullContext: fullContext, expected: audio.duration)
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_000)
    defer { block.deallocate() }
    var count = 0
    while case let step = try audio.read(into: block), step > 0 {
      try transcriber.feed(UnsafeBufferPointer(block.extracting(0..<step)))
      count += step
      progress.update(transcriber.transcribedSeconds)
    }
    let transcript = try transcriber.finish()
    let (times, engine) = (recognizer.times, recognizer.model)
    return TranscriptDocument(
      file: audio.path, model: model, precision: engine.precision,
      duration: Double(count) / 16_000, transcript: transcript, tokenizer: engine.tokenizer,
      timing: .init(
        load: loadSeconds, features: times.features, encoder: times.encoder,
        decoder: times.decoder, total: start.duration(to: .now) / .seconds(1)))
  }
}
