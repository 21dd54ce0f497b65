import Foundation
import System
import Transcription

/// Tells the user what happens to recordings: on standard error, and finished ones on standard
/// output where a program wants to know.
struct TranscriptionReport {
  private let isQuiet: Bool
  private let printsLines: Bool
  private var work: WorkMeter
  private var line: ProgressLine

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - inputs: The recordings.
  ///   - isQuiet: Whether only what goes wrong is told.
  ///   - printsLines: Whether each finished recording is a line of JSON on standard output.
  init(_ inputs: [TranscriptionInput], isQuiet: Bool, printsLines: Bool) {
    self.isQuiet = isQuiet
    self.printsLines = printsLines
    work = WorkMeter(inputs)
    line = ProgressLine()
  }

  /// Shows how far a file is, that it is written or ended early, or why it failed.
  mutating func show(_ event: TranscriptionEvent) {
    switch event {
    case .chosen(let numbers): work.choose(numbers)
    case .opened(let number, let file, let duration):
      work.open(number, file, duration: duration)
    case .advanced(let number, let seconds):
      work.advance(number, seconds)
      if !isQuiet { line.update(work) }
    case .heard: if !isQuiet { ProgressLine.clear() }
    case .warned(let file, let reason): tell("\(shownName(ofInput: file)): \(reason)")
    case .finished(let recording):
      work.finish(recording.number, recording.duration)
      if printsLines { print(recording) }
    case .skipped(let number, _): work.skip(number)
    case .repeated(let file, let reason):
      if !isQuiet { tell("\(file): done again: \(reason)") }
    case .failed(let number, let file, let error):
      fail(number)
      Self.show(error, of: file, printsLines: printsLines)
    }
  }

  /// Counts a recording as failed.
  mutating func fail(_ number: Int) { work.fail(number) }

  /// Shows why a recording failed.
  static func show(_ error: TranscriptionError, of file: String, printsLines: Bool) {
    report(Failure(any: error))
    if printsLines { print(FailedLine(file: file, error: error.message)) }
  }

  /// Tells of a folder in which nothing could be found.
  mutating func show(_ failure: TranscriptionError) {
    work.failFolder()
    report(Failure(any: failure))
  }

  /// Tells what was done, after all.
  func summarize() {
    if !isQuiet { tell(work.summary) }
  }

  private func print(_ recording: FinishedRecording) {
    let speed = recording.seconds > 0 ? recording.duration / recording.seconds : 0
    Self.print(
      FinishedLine(
        file: recording.file, offset: recording.offset, outputs: recording.outputs,
        duration: recording.duration, seconds: (recording.seconds * 1000).rounded() / 1000,
        speed: (speed * 10).rounded() / 10))
  }

  private static func print(_ line: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(line) else { return }
    // The transcripts are what counts; whoever reads the lines may go.
    try? StandardStream.output.write(line + [UInt8(ascii: "\n")])
  }
}

/// A recording that is done, for programs.
private struct FinishedLine: Encodable {
  let file: String
  let offset: Double?
  let outputs: [String]
  /// Seconds of audio.
  let duration: Double
  /// Seconds that it took.
  let seconds: Double
  /// Times real time.
  let speed: Double
}

/// A recording that failed, for programs.
private struct FailedLine: Encodable {
  let file: String
  let error: String
}
