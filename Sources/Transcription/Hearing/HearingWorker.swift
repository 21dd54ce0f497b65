internal import Audio
internal import Checkpoint
package import Formatting
internal import Foundation
internal import Recognition
internal import System

/// The process that hears recordings for another one: the means come first on standard input, then
/// a line of JSON for each recording, and each is answered by a line on standard output.
///
/// It is a process of its own so that its memory is that of one configuration, and so that whatever
/// it dies of ends no comparison.
package struct HearingWorker {
  /// Makes rules of the lines of a list.
  package typealias Rules = (_ means: HearingMeans, _ ownTerms: [String]) throws -> FormattingRules

  private let rules: Rules
  private let failure: (any Error) -> HearingFailure

  /// A worker.
  ///
  /// - Parameters:
  ///   - rules: Makes rules of a recording's own terms, and those of all.
  ///   - failure: What the user is told of an error.
  package init(rules: @escaping Rules, failure: @escaping (any Error) -> HearingFailure) {
    (self.rules, self.failure) = (rules, failure)
  }

  /// Works until standard input ends.
  ///
  /// - Throws: Where nobody reads the answers.
  package func run() throws {
    let decoder = JSONDecoder()
    guard let first = readLine() else { return }
    let means: HearingMeans
    let transcribers: Transcribers
    do {
      means = try decoder.decode(HearingMeans.self, from: Data(first.utf8))
      transcribers = try Transcribers(means, rules)
    } catch {
      return try answer(.failed(failure(error)))
    }
    try answer(.ready(precision: transcribers.precision))
    while let line = readLine() {
      do {
        let task = try decoder.decode(HearingTask.self, from: Data(line.utf8))
        try answer(.heard(transcribers.hear(task)))
      } catch {
        try answer(.failed(failure(error)))
      }
    }
  }

  private func answer(_ reply: HearingReply) throws {
    let line = try JSONEncoder().encode(reply)
    try StandardStream.output.write(line + [UInt8(ascii: "\n")])
  }
}

/// Transcribes recordings, each with terms of its own.
private final class Transcribers {
  private let means: HearingMeans
  private let rules: HearingWorker.Rules
  private let recognizer: Recognizer
  /// What the last recording was heard with: many in a row have the same terms.
  private var last: (terms: [String], transcriber: FileTranscriber)?

  /// How weights are kept.
  let precision: String

  init(_ means: HearingMeans, _ rules: @escaping HearingWorker.Rules) throws {
    (self.means, self.rules) = (means, rules)
    let loaded = try LoadedModel(
      means.model, decoder: means.decoder.flatMap(DecoderChoice.init(rawValue:)),
      precision: means.precision.flatMap(Precision.init(inMemory:)), threads: means.threads)
    precision = loaded.speech.precision.rawValue
    recognizer = try Recognizer(loaded.speech, threads: means.threads)
    // The first pass reads weights from the disk, which has nothing to do with the recording.
    let quiet = [Float](repeating: 0, count: loaded.speech.sampleRate)
    _ = try quiet.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
  }

  func hear(_ task: HearingTask) throws -> HeardRecording {
    let terms = means.takesOwnTerms ? task.terms : []
    let transcriber = try transcriber(terms)
    let start = ContinuousClock.now
    let audio = try AudioFile(path: task.path)
    let document = try transcriber.document(
      of: audio, part: RecordingPart(offset: task.offset, duration: task.duration))
    return HeardRecording(
      text: document.text, duration: document.duration,
      seconds: start.duration(to: .now) / .seconds(1), peakBytes: peakMemory(),
      warnings: document.warnings ?? [])
  }

  private func transcriber(_ terms: [String]) throws -> FileTranscriber {
    if let last, last.terms == terms { return last.transcriber }
    let made = FileTranscriber(
      recognizer, model: means.model, fullContext: means.fullContext,
      rules: try rules(means, terms))
    last = (terms, made)
    return made
  }
}
