import Checkpoint
import Foundation
import Recognition
import TestSupport
import Transcription

extension Recognizer {
  /// The engine with one of the committed models.
  static func committed(_ variant: String, decoder: DecoderChoice? = nil) throws -> Recognizer {
    let file = Fixtures.committed.appending(path: "\(variant)/\(variant).nemo")
    let model = try SpeechModel(
      Checkpoint.open(file.path), decoder: decoder, precision: .float32)
    return try Recognizer(model, threads: 2)
  }

  /// Recognises samples in one pass.
  func transcribe(_ samples: [Float]) throws -> Transcript {
    try samples.withUnsafeBufferPointer { try transcribe($0) }
  }

  /// Recognises samples handed over in pieces of some size, as a long recording.
  func transcribe(
    _ samples: [Float], inPiecesOf size: Int, fullContext: Bool = false
  ) throws -> Transcript {
    var transcriber = LongFormTranscriber(recognizer: self, fullContext: fullContext)
    try transcriber.feed(samples, inPiecesOf: size)
    return try transcriber.finish()
  }
}

extension LongFormTranscriber {
  /// Feeds samples in pieces of some size.
  mutating func feed(_ samples: [Float], inPiecesOf size: Int) throws {
    try samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: min(size, max(1, samples.count))) {
        let end = min(samples.count - start, size) + start
        try feed(UnsafeBufferPointer(rebasing: samples[start..<end]))
      }
    }
  }
}
