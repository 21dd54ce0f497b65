import Checkpoint
import Dictation
import Foundation
import Recognition
import TestSupport

extension Recognizer {
  /// The engine with the model that comes with the program.
  static func starter() throws -> Recognizer {
    let folder = Fixtures.repository.appending(path: "models/starter-en")
    return try Recognizer(SpeechModel(Checkpoint.open(folder.path)), threads: 1)
  }
}

/// A session and what it said.
struct Dictating {
  var session: DictationSession
  var events: [DictationEvent] = []

  init(_ recognizer: Recognizer, partials: Bool = false, rtf: Double = 0) {
    var configuration = DictationSession.Configuration()
    configuration.partials = partials
    configuration.rtf = rtf
    session = DictationSession(recognizer: recognizer, configuration: configuration)
  }

  mutating func feed(_ samples: [Float], inPiecesOf size: Int = .max) throws {
    try samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: min(size, max(1, samples.count))) {
        let end = start + min(samples.count - start, size)
        try session.feed(UnsafeBufferPointer(rebasing: samples[start..<end])) { events.append($0) }
      }
    }
  }

  mutating func release() throws { try session.release { events.append($0) } }
  mutating func finish() throws { try session.finish { events.append($0) } }

  /// Events but partials.
  var milestones: [DictationEvent] {
    events.filter { if case .partial = $0 { false } else { true } }
  }

  var transcript: Transcript? { last?.0 }
  var text: String? { last?.0.text }
  var statistics: DictationStatistics? { last?.1 }

  private var last: (Transcript, DictationStatistics)? {
    guard case .final(let transcript, _, let statistics) = events.last else { return nil }
    return (transcript, statistics)
  }

  /// A whole dictation from key-down to the last sample.
  static func whole(
    _ samples: [Float], _ recognizer: Recognizer, rtf: Double = 0
  ) throws -> Dictating {
    var dictating = Dictating(recognizer, rtf: rtf)
    try dictating.feed(samples)
    try dictating.finish()
    return dictating
  }
}
