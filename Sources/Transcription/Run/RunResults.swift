/// What has become of a run's recordings.
struct RunResults {
  private typealias Finished = (recording: FinishedRecording, document: TranscriptDocument)

  private var printer: TranscriptPrinter?
  private var order: InputOrder<Finished>
  private var failures: [(number: Int, error: TranscriptionError)] = []
  private var end: (any Error)?

  /// Begins a run.
  ///
  /// - Parameters:
  ///   - chosen: Indices of the recordings that are heard, in order.
  ///   - printer: Prints transcripts; nil where they go to files.
  init(_ chosen: [Int], printer: TranscriptPrinter?) {
    order = InputOrder(chosen.map { $0 + 1 })
    self.printer = printer
  }

  /// Takes in what a job says, prints what is to be printed, and tells.
  ///
  /// - Returns: Whether the run can go on.
  mutating func take(
    _ message: JobMail.Message, _ inputs: [TranscriptionInput],
    _ observe: (TranscriptionEvent) -> Void
  ) -> Bool {
    switch message {
    case .event(let event):
      observe(event)
      if case .skipped(let number, _) = event { return settle(nil, number, observe) }
    case .done(let recording, let document):
      return settle((recording, document), recording.number, observe)
    case .failed(let number, let error):
      observe(.failed(number: number, file: inputs[number - 1].path, error))
      failures.append((number, error))
      return settle(nil, number, observe)
    case .ended(let error): end = end ?? error
    case .left: break
    }
    return end == nil
  }

  /// Ends it, when no job works any more.
  ///
  /// - Returns: What went wrong with which file, in their order.
  /// - Throws: What ended the run.
  mutating func finish(
    _ observe: (TranscriptionEvent) -> Void
  ) throws -> [TranscriptionError] {
    for finished in order.rest() where end == nil { show(finished, observe) }
    if let end { throw end }
    try printer?.finish()
    return failures.sorted { $0.number < $1.number }.map(\.error)
  }

  /// Prints a transcript when it is its turn; what went to files has none.
  private mutating func settle(
    _ finished: Finished?, _ number: Int, _ observe: (TranscriptionEvent) -> Void
  ) -> Bool {
    if printer == nil {
      if let finished { show(finished, observe) }
    } else {
      for finished in order.add(finished, at: number) where end == nil { show(finished, observe) }
    }
    return end == nil
  }

  private mutating func show(
    _ finished: Finished, _ observe: (TranscriptionEvent) -> Void
  ) {
    let recording = finished.recording
    do throws(TranscriptionError) { try printer?.print(finished.document) } catch {
      guard !error.endsRun else {
        end = error
        return
      }
      observe(.failed(number: recording.number, file: recording.file, error))
      failures.append((recording.number, error))
      return
    }
    for warning in finished.document.warnings ?? [] {
      observe(.warned(file: recording.file, reason: warning))
    }
    observe(.finished(recording))
  }
}
