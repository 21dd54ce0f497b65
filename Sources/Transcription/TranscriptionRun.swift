package import Audio

/// Recordings to documents, one after the other: one that fails does not stop the others.
package struct TranscriptionRun {
  private var writer: TranscriptWriter
  private let load: () throws -> FileTranscriber
  private var transcriber: FileTranscriber?

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

  /// Transcribes every file.
  ///
  /// - Parameters:
  ///   - files: Paths; "-" is standard input.
  ///   - observe: Is told what happens, failures too.
  /// - Returns: What went wrong with which file.
  /// - Throws: What `load` throws, and `TranscriptionError` where no further document can be
  ///   written.
  package mutating func transcribe(
    _ files: [String], _ observe: (TranscriptionEvent) -> Void = { _ in }
  ) throws -> [TranscriptionError] {
    var failures: [TranscriptionError] = []
    for file in files {
      do {
        try transcribe(file, observe)
      } catch let error as TranscriptionError where error != .readerLeft {
        observe(.failed(error))
        failures.append(error)
      }
    }
    try writer.finish()
    return failures
  }

  private mutating func transcribe(
    _ file: String, _ observe: (TranscriptionEvent) -> Void
  ) throws {
    let audio: AudioFile
    do throws(AudioError) {
      audio = try AudioFile(path: file, choosing: choice)
    } catch {
      throw TranscriptionError.audio(error)
    }
    let transcriber = try transcriber ?? load()
    self.transcriber = transcriber
    observe(.opened(file: file, duration: audio.duration))
    let document = try document(of: audio, by: transcriber, observe)
    try writer.write(document)
    for warning in document.heard { observe(.warned(file: file, warning)) }
  }

  private func document(
    of audio: AudioFile, by transcriber: FileTranscriber, _ observe: (TranscriptionEvent) -> Void
  ) throws(TranscriptionError) -> TranscriptDocument {
    defer { observe(.heard) }
    guard splitsChannels else {
      return try transcriber.document(of: audio) { observe(.advanced(seconds: $0)) }
    }
    var channels: [TranscriptDocument] = []
    for number in 1...audio.channelCount {
      let channel: AudioFile
      do throws(AudioError) { channel = try audio.reopened(.one(number)) } catch {
        throw .audio(error)
      }
      let done = Double(number - 1) / Double(audio.channelCount)
      channels.append(
        try transcriber.document(of: channel) { seconds in
          // All channels last as long; together they are one recording.
          let share = seconds / Double(audio.channelCount)
          observe(.advanced(seconds: (audio.duration ?? 0) * done + share))
        })
    }
    return TranscriptDocument(merging: channels)
  }
}
