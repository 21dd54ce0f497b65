import Foundation
import Recognition

/// Everything about one transcribed file; `--format json` prints it as it is.
///
/// Times in seconds, `frame` and the `duration` of tokens in encoder frames of 80 ms.
struct TranscriptDocument: Encodable {
  struct Segment: Encodable {
    let start: Double
    let end: Double
    let text: String
  }

  struct Token: Encodable {
    let id: Int
    let piece: String
    let frame: Int
    let duration: Int
    let logprob: Float
    let confidence: Float
  }

  /// Milliseconds: `load` of the model, once per run; `total` from the opened file to the
  /// transcript, without `load`.
  struct Timing: Encodable {
    let load: Double
    let features: Double
    let encoder: Double
    let decoder: Double
    let total: Double

    /// Takes seconds.
    init(load: Double, features: Double, encoder: Double, decoder: Double, total: Double) {
      self.load = rounded(load * 1000)
      self.features = rounded(features * 1000)
      self.encoder = rounded(encoder * 1000)
      self.decoder = rounded(decoder * 1000)
      self.total = rounded(total * 1000)
    }
  }

  let file: String
  let model: String
  let precision: String
  let duration: Double
  let text: String
  let segments: [Segment]
  let words: [TimedWord]
  let tokens: [Token]
  let timing: Timing
  /// Compute time by audio time, without `load`; lower is better.
  let rtf: Double
  /// The words of each segment.
  let wordsBySegment: [[TimedWord]]

  enum CodingKeys: String, CodingKey {
    case file, model, precision, duration, text, segments, words, tokens
    case timing = "timing_ms"
    case rtf
  }

  /// One line of JSON, keys sorted.
  func jsonLine() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// A word and when it was said, in seconds.
package struct TimedWord: Encodable {
  let word: String
  let start: Double
  let end: Double
  let confidence: Float

  /// Creates a word from all its parts.
  package init(word: String, start: Double, end: Double, confidence: Float) {
    self.word = word
    self.start = start
    self.end = end
    self.confidence = confidence
  }
}

extension TranscriptDocument {
  /// Gathers what the command knows about a file and what the model made of it.
  init(
    file: String, model: String, precision: Precision, duration: Double, transcript: Transcript,
    tokenizer: Tokenizer, timing: Timing
  ) {
    self.file = file
    self.model = model
    self.precision = precision.rawValue
    self.duration = rounded(duration)
    text = transcript.text
    segments = transcript.segments.map {
      Segment(start: rounded($0.start), end: rounded($0.end), text: $0.text)
    }
    let words = transcript.words.map {
      TimedWord(
        word: $0.text, start: rounded($0.start), end: rounded($0.end),
        confidence: finite($0.confidence))
    }
    self.words = words
    tokens = transcript.tokens.map {
      Token(
        id: $0.id, piece: tokenizer.piece($0.id), frame: $0.frame, duration: $0.duration,
        logprob: finite($0.logProbability), confidence: finite($0.confidence))
    }
    self.timing = timing
    rtf = duration > 0 ? timing.total / 1000 / duration : 0
    wordsBySegment = transcript.segments.map { Array(words[$0.words]) }
  }
}

/// Three places: multiples of 0.08 leave digits behind that mean nothing.
private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

/// JSON has no infinities; a probability of nothing becomes the lowest number.
private func finite(_ value: Float) -> Float {
  value.isFinite ? value : -Float.greatestFiniteMagnitude
}
