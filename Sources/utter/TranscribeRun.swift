import ArgumentParser
import Audio
import Recognition

/// One run over several recordings: a file that fails does not keep the others from being done.
struct TranscribeRun {
  private var writer: TranscriptWriter
  private let load: () throws -> FileTranscriber
  private var transcriber: FileTranscriber?

  /// Seconds that may be missing at the end without a word: headers round.
  private static let tolerance = 0.5

  /// Prepares a run; the model is loaded once there is something to hear.
  init(writer: TranscriptWriter, load: @escaping () throws -> FileTranscriber) {
    self.writer = writer
    self.load = load
  }

  /// Transcribes every file and throws the exit code if any failed: that of the failure where it
  /// was the only file.
  mutating func transcribe(_ files: [String]) throws {
    var failures: [Failure] = []
    for file in files {
      guard let failure = try attempt(file) else { continue }
      report(failure)
      failures.append(failure)
    }
    try writer.finish()
    if let failure = failures.first {
      throw files.count == 1 ? failure.code : ExitCode.someFailed
    }
  }

  /// Returns what is wrong with this file; throws what is wrong with all of them.
  private mutating func attempt(_ file: String) throws -> Failure? {
    let audio: AudioFile
    do {
      audio = try AudioFile(path: file)
    } catch {
      return Failure(any: error)
    }
    let transcriber = try loaded()
    do {
      try writer.write(try transcriber.document(of: audio))
    } catch let error as AudioError {
      return Failure(any: error)
    } catch let error as RecognitionError {
      return Failure(any: error, file: file)
    } catch let failure as Failure {
      return failure
    }
    if audio.missingSeconds > Self.tolerance { warn(audio) }
    return nil
  }

  private mutating func loaded() throws -> FileTranscriber {
    let transcriber = try transcriber ?? load()
    self.transcriber = transcriber
    return transcriber
  }

  private func warn(_ audio: AudioFile) {
    let seconds = (audio.missingSeconds * 10).rounded() / 10
    printToStandardError(
      "utter: \(audio.path): ends \(seconds) s before its header says; the rest was transcribed\n")
  }
}
