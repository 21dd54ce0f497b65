import ArgumentParser
import Foundation
import Service
import System
import Transcription

/// Has recordings heard by the daemon that runs, so that its model is in memory once.
enum DaemonHearing {
  /// Asks the daemon, and waits.
  ///
  /// - Parameter input: The recording.
  /// - Returns: What it has heard.
  /// - Throws: `TranscriptionError.refused` about this recording, `ClientError` where there is no
  ///   daemon, or none that has a model.
  static func document(of input: TranscriptionInput) throws -> TranscriptDocument {
    do throws(ClientError) {
      let client = try DaemonClient()
      let isPassed = input.path == "-"
      let answer: TranscribedFile = try client.call(
        .transcribe(path: isPassed ? nil : absolute(input.path)),
        passing: isPassed ? STDIN_FILENO : nil)
      return answer.document(of: input.path)
    } catch {
      guard case .refused(let refusal) = error, ![.model, .foreign].contains(refusal.code) else {
        throw error
      }
      // A file that was passed on has no other name there.
      let message = refusal.message.replacing(
        /^\/proc\/self\/fd\/[0-9]+/, with: shownName(ofInput: "-"))
      throw TranscriptionError.refused(message: message, advice: refusal.advice)
    }
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/")
      ? path
      : FilePath(FileManager.default.currentDirectoryPath).appending(FilePath(path)).spelling
  }

  /// Refuses what the daemon cannot do, for it hears as its configuration says.
  ///
  /// - Throws: `ValidationError`.
  static func validate(
    _ hearing: TranscriptionOptions, _ manners: RunOptions, _ outputs: OutputOptions
  ) throws {
    let given = [
      ("--model", hearing.engine.model != nil), ("--decoder", hearing.engine.decoder != nil),
      ("--precision", hearing.engine.precision != nil), ("--threads", hearing.threads != 0),
      ("--vocabulary", !hearing.vocabulary.isEmpty),
      ("--format-rules", hearing.formatRules != nil), ("--channels", hearing.channels != .mix),
      ("--track", hearing.track != nil), ("--full-context", hearing.fullContext),
      ("--jobs", manners.jobs != nil),
    ]
    if let option = given.first(where: \.1)?.0 {
      throw ValidationError(
        "--daemon and \(option) exclude each other: the daemon hears as its configuration says")
    }
    if outputs.formats.contains(.json) {
      throw ValidationError(
        "--daemon goes without --format json: the daemon tells no tokens; use jsonl, ctm or vtt")
    }
  }

  /// Refuses parts of recordings, which the daemon hears as a whole.
  ///
  /// - Throws: `ValidationError`.
  static func validate(_ inputs: [TranscriptionInput]) throws {
    guard inputs.allSatisfy({ $0.part == RecordingPart() }) else {
      throw ValidationError(
        "--daemon and a manifest with offset or duration exclude each other: "
          + "the daemon hears recordings as a whole")
    }
  }
}
