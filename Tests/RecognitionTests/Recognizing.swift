import Checkpoint
import Foundation
import Recognition
import TestSupport

extension SpeechModel {
  /// One of the committed models.
  static func committed(
    _ variant: String, decoder: DecoderChoice? = nil, precision: Precision = .float32
  ) throws -> SpeechModel {
    let file = Fixtures.committed.appending(path: "\(variant)/\(variant).nemo")
    return try SpeechModel(
      try Checkpoint.open(file.path), decoder: decoder, precision: precision)
  }
}

extension Recognizer {
  /// The engine with one of the committed models.
  static func committed(
    _ variant: String, threads: Int = 2, decoder: DecoderChoice? = nil,
    precision: Precision = .float32
  ) throws -> Recognizer {
    try Recognizer(.committed(variant, decoder: decoder, precision: precision), threads: threads)
  }

  /// Recognises samples in one pass.
  func transcribe(_ samples: [Float]) throws -> Transcript {
    try samples.withUnsafeBufferPointer { try transcribe($0) }
  }
}

/// What a decoder decided: everything about a token but its scores.
struct Decision: Equatable, CustomStringConvertible {
  let id, frame, duration: Int

  var description: String { "\(id)@\(frame)+\(duration)" }
}

extension Transcript {
  /// Ids, frames and durations of the tokens.
  var decisions: [Decision] {
    tokens.map { Decision(id: $0.id, frame: $0.frame, duration: $0.duration) }
  }
}
