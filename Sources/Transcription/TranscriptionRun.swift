package import Audio
internal import System

/// Recordings to documents, one after the other: one that fails does not stop the others.
package struct TranscriptionRun {
  private var writer: TranscriptWriter
  private let load: () throws -> FileTranscriber
  private var transcriber: FileTranscriber?
  /// What was done before, and is done now; nil where nobody will ask.
  package var journal: TranscriptionJournal?
  /// Whether the first failure is the end.
  package var isStrict = false

  /// What of the recordings is heard.
  package var choice = RecordingChoice()
  /// Whether each channel is heard by itself.
  package var splitsChannels = false

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - writer: Takes the documents.
  ///   - load: Loads the model; called once there is something to hear.
  package init(writer: TranscriptWriter, load: @escaping () throws -> FileTranscriber) {
    self.writer = writer
    self.load = load
  }

  /// Transcribes every recording.
  ///
  /// - Parameters:
  ///   - inputs: The recordings.
  ///   - observe: Is told what happens, failures too.
  /// - Returns: What went wrong with which file.
  /// - Throws: What `load` throws, and `TranscriptionError` where no further document can be
  ///   written.
  package mutating func transcribe(
    _ inputs: [TranscriptionInput], _ observe: (TranscriptionEvent) -> Void = { _ in }
  ) throws -> [TranscriptionError] {
    var failures: [TranscriptionError] = []
    for (index, input) in inputs.enumerated() {
      do {
        try transcribe(input, number: index + 1, observe)
      } catch let error as TranscriptionError where !error.endsRun {
        observe(.failed(file: input.path, error))
        failures.append(error)
        if isStrict { break }
      }
    }
    try writer.finish()
    return failures
  }

  private mutating func transcribe(
    _ input: TranscriptionInput, number: Int, _ observe: (TranscriptionEvent) -> Void
  ) throws {
    let source = JournalEntry.Source(input)
    switch journal?.verdict(of: source, outputs: writer.paths(for: input, number: number)) {
    case .done: return observe(.skipped(file: input.path))
    case .stale(let reason): observe(.repeated(file: input.path, reason: reason))
    case .new, nil: break
    }
    let audio: AudioFile
    do throws(AudioError) {
      audio = try AudioFile(path: input.path, choosing: choice)
    } catch {
      throw TranscriptionError.audio(error)
    }
    let transcriber = try transcriber ?? load()
    self.transcriber = transcriber
    observe(.opened(file: input.path, duration: input.part.seconds(of: audio.duration)))
    let start = ContinuousClock.now
    var document = try document(of: audio, input.part, by: transcriber, observe)
    document.manifestLine = input.manifestLine
    let outputs = try writer.write(document, of: input, number: number)
    if let source { try journal?.note(source, outputs: outputs) }
    for warning in document.heard { observe(.warned(file: input.path, warning)) }
    observe(
      .finished(
        FinishedRecording(
          file: input.path, offset: document.offset, outputs: outputs,
          duration: document.duration, seconds: start.duration(to: .now) / .seconds(1))))
  }

  private func document(
    of audio: AudioFile, _ part: RecordingPart, by transcriber: FileTranscriber,
    _ observe: (TranscriptionEvent) -> Void
  ) throws(TranscriptionError) -> TranscriptDocument {
    defer { observe(.heard) }
    guard splitsChannels else {
      return try transcriber.document(of: audio, part: part) { observe(.advanced(seconds: $0)) }
    }
    var channels: [TranscriptDocument] = []
    for number in 1...audio.channelCount {
      let channel: AudioFile
      do throws(AudioError) { channel = try audio.reopened(.one(number)) } catch {
        throw .audio(error)
      }
      let done = Double(number - 1) / Double(audio.channelCount)
      channels.append(
        try transcriber.document(of: channel, part: part) { seconds in
          // All channels last as long; together they are one recording.
          let share = seconds / Double(audio.channelCount)
          observe(.advanced(seconds: (part.seconds(of: audio.duration) ?? 0) * done + share))
        })
    }
    return TranscriptDocument(merging: channels)
  }
}
