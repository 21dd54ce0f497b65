internal import Audio
internal import Recognition
internal import System

/// What all jobs of a run do their work with.
struct JobPlan: Sendable {
  /// The recordings.
  let queue: RecordingQueue
  /// The threads.
  let share: ThreadShare
  /// Where jobs tell what they do.
  let mail: JobMail
  /// Puts transcripts into files, where they go to files.
  let writer: TranscriptWriter
  /// What was done before, and is done now; nil where nobody will ask.
  let journal: TranscriptionJournal?
  /// Whether the first failure is the end.
  let isStrict: Bool
  /// What of the recordings is heard.
  let choice: RecordingChoice
  /// Whether each channel is heard by itself.
  let splitsChannels: Bool
  /// Who hears.
  let hearer: Hearer
  /// The model of this process, once it is loaded.
  let engine = Monitor<TranscriptionEngine?>(nil)
}

/// Who hears the recordings of a run.
enum Hearer: Sendable {
  /// This process, with a model that a function loads; called once there is something to hear.
  case model(@Sendable () throws -> TranscriptionEngine)
  /// Somebody else, who gets a recording and answers with its document.
  case other(@Sendable (TranscriptionInput) throws -> TranscriptDocument)
}

/// One of the jobs of a run: it takes recordings until there are none left, with a recogniser of
/// its own, on a thread of its own.
final class TranscriptionJob {
  private let plan: JobPlan
  private var threads: Int
  private var recognizer: Recognizer?
  private var transcriber: FileTranscriber?

  /// Prepares a job.
  ///
  /// - Parameters:
  ///   - plan: What the run does.
  ///   - index: Which of its jobs this is.
  init(_ plan: JobPlan, index: Int) {
    self.plan = plan
    threads = plan.share[index]
  }

  /// Works until there is nothing more to do.
  func run() {
    while let index = plan.queue.next() {
      do {
        try transcribe(index)
      } catch TranscriptionError.cancelled where plan.queue.isStopped {
        break
      } catch let error as TranscriptionError where !error.endsRun {
        if plan.isStrict { plan.queue.stop() }
        plan.mail.send(.failed(number: index + 1, error))
      } catch {
        plan.queue.stop()
        plan.mail.send(.ended(error))
      }
    }
    (recognizer, transcriber) = (nil, nil)
    plan.share.leave(threads)
    plan.mail.send(.left)
  }

  private func transcribe(_ index: Int) throws {
    let (input, number) = (plan.queue.inputs[index], index + 1)
    let source = JournalEntry.Source(
      input, readsContent: plan.journal?.readsContents ?? false)
    let outputs = plan.writer.paths(for: input, number: number)
    switch plan.journal?.verdict(of: source, outputs: outputs) {
    case .done: return tell(.skipped(number: number, file: input.path))
    case .stale(let reason): tell(.repeated(file: input.path, reason: reason))
    case .new, nil: break
    }
    let (heard, seconds) = try heard(input, number)
    var document = heard
    document.manifestLine = input.manifestLine
    try plan.writer.write(document, to: outputs)
    if let source { try plan.journal?.note(source, outputs: outputs) }
    plan.mail.send(
      .done(
        FinishedRecording(
          number: number, file: input.path, offset: document.offset, outputs: outputs,
          duration: document.duration, seconds: seconds),
        document))
  }

  /// Hears a recording, or has it heard, and tells how many seconds that took.
  private func heard(
    _ input: TranscriptionInput, _ number: Int
  ) throws -> (TranscriptDocument, Double) {
    switch plan.hearer {
    case .model(let load): try heard(input, number, load)
    case .other(let ask): try heard(input, number, elsewhere: ask)
    }
  }

  /// Hears a recording with a model of this process, and tells how many seconds that took.
  private func heard(
    _ input: TranscriptionInput, _ number: Int, _ load: () throws -> TranscriptionEngine
  ) throws -> (TranscriptDocument, Double) {
    let audio = try opened { () throws(AudioError) in
      try AudioFile(path: input.path, choosing: plan.choice)
    }
    let transcriber = try loaded(load)
    let duration = input.part.seconds(of: audio.duration)
    tell(.opened(number: number, file: input.path, duration: duration))
    let start = ContinuousClock.now
    let document = try document(of: audio, input.part, number, by: transcriber)
    return (document, start.duration(to: .now) / .seconds(1))
  }

  /// Has somebody else hear a recording, and tells how many seconds that took.
  private func heard(
    _ input: TranscriptionInput, _ number: Int,
    elsewhere ask: (TranscriptionInput) throws -> TranscriptDocument
  ) throws -> (TranscriptDocument, Double) {
    tell(.opened(number: number, file: input.path, duration: nil))
    defer { tell(.heard(number: number)) }
    let start = ContinuousClock.now
    let document = try ask(input)
    return (document, start.duration(to: .now) / .seconds(1))
  }

  private func tell(_ event: TranscriptionEvent) { plan.mail.send(.event(event)) }

  /// What hears, with a model that is loaded by whoever needs it first.
  private func loaded(_ load: () throws -> TranscriptionEngine) throws -> FileTranscriber {
    if let transcriber { return transcriber }
    let engine = try plan.engine.withLock { engine in
      if let engine { return engine }
      let loaded = try load()
      engine = loaded
      return loaded
    }
    let made = engine.transcriber { [unowned self] () throws(RecognitionError) in
      try current(engine)
    }
    transcriber = made
    return made
  }

  /// The recogniser, with more threads where other jobs have left theirs.
  private func current(_ engine: TranscriptionEngine) throws(RecognitionError) -> Recognizer {
    threads = plan.share.widened(threads)
    if let recognizer, recognizer.threads >= threads { return recognizer }
    // Its memory goes first.
    recognizer = nil
    let wider = try engine.recognizer(threads: threads, of: plan.share.total)
    recognizer = wider
    return wider
  }

  private func document(
    of audio: AudioFile, _ part: RecordingPart, _ number: Int, by transcriber: FileTranscriber
  ) throws(TranscriptionError) -> TranscriptDocument {
    defer { tell(.heard(number: number)) }
    guard plan.splitsChannels else {
      return try transcriber.document(of: audio, part: part) { seconds throws(TranscriptionError) in
        try advance(audio, number, seconds)
      }
    }
    var channels: [TranscriptDocument] = []
    for channelNumber in 1...audio.channelCount {
      let channel = try opened { () throws(AudioError) in
        try audio.reopened(.one(channelNumber))
      }
      let done = Double(channelNumber - 1) / Double(audio.channelCount)
      let document = try transcriber.document(of: channel, part: part) {
        seconds throws(TranscriptionError) in
        // All channels last as long; together they are one recording.
        let share = seconds / Double(audio.channelCount)
        try advance(audio, number, (part.seconds(of: audio.duration) ?? 0) * done + share)
      }
      channels.append(document)
    }
    return TranscriptDocument(merging: channels)
  }

  private func opened(
    _ body: () throws(AudioError) -> AudioFile
  ) throws(TranscriptionError) -> AudioFile {
    do throws(AudioError) { return try body() } catch { throw .audio(error) }
  }

  private func advance(
    _ audio: AudioFile, _ number: Int, _ seconds: Double
  ) throws(TranscriptionError) {
    if plan.queue.isStopped { throw .cancelled(file: audio.path) }
    tell(.advanced(number: number, seconds: seconds))
  }
}
