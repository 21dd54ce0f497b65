import Foundation
import System
import Transcription

/// The runs in which recordings are heard that appear in a folder: one for those that are whole at
/// a time.
struct WatchedRuns {
  private let watched: WatchedFolder
  private let template: OutputTemplate?
  private let journal: TranscriptionJournal
  private let command: WatchCommand
  private let model: KeptModel
  private var writing: Writing?
  /// What was told of which file, so that it is not told again.
  private var told: [String: String] = [:]

  /// Prepares runs.
  ///
  /// - Parameters:
  ///   - watched: The folder.
  ///   - template: Where transcripts go.
  ///   - journal: What is done, and was before.
  ///   - command: How recordings are heard.
  init(
    _ watched: WatchedFolder, _ template: OutputTemplate?, _ journal: TranscriptionJournal,
    _ command: WatchCommand
  ) {
    (self.watched, self.template, self.journal) = (watched, template, journal)
    self.command = command
    model = KeptModel(command.hearing.load)
  }

  /// Whether the model is in memory.
  var isModelLoaded: Bool { model.isLoaded }

  /// Gives the model's memory back.
  func dropModel() { model.drop() }

  /// Hears recordings, but those that were heard before.
  ///
  /// - Throws: What ends the program: there is no model, or the journal cannot be written.
  mutating func transcribe(_ paths: [String]) throws {
    let (outputs, manners) = (command.outputs, command.manners)
    var writer = TranscriptWriter(
      formats: outputs.formats, template: template, several: true,
      uninterrupted: InterruptGuard.held)
    writer.highlightsWords = outputs.highlightWords
    let writing = try readWriting()
    let model = model
    var run = command.hearing.run(writer, jobs: manners.jobs, writing) { try model.get() }
    run.journal = journal
    var inputs: [TranscriptionInput] = []
    var claims = OutputClaims(among: paths, makesFolders: outputs.mkdir)
    for path in paths {
      let input = TranscriptionInput(path)
      let places = writer.paths(for: input, number: 0)
      do throws(TranscriptionError) {
        if let owner = journal.owner(of: places), FilePath(owner) != FilePath(path),
          (try? FileStatus(of: owner)) != nil
        {
          throw .sharedPath(places[0], first: owner, second: path)
        }
        try claims.add(places, of: path)
        inputs.append(input)
      } catch {
        fail(path, error)
      }
    }
    guard !inputs.isEmpty else { return }
    var report = TranscriptionReport(
      inputs, isQuiet: manners.quiet, printsLines: outputs.printsLines)
    _ = try run.transcribe(inputs) { event in
      if case .failed(let number, let path, let error) = event {
        report.fail(number)
        fail(path, error)
      } else {
        report.show(event)
      }
      if case .finished(let recording) = event {
        told[recording.file] = nil
        if !manners.quiet, !outputs.printsLines { tell(recording.sentence) }
      }
    }
  }

  /// How texts are written by now; as before where the configuration cannot be read any more.
  private mutating func readWriting() throws -> Writing {
    do {
      let current = try command.hearing.writing()
      tellOnce(current.problems.joined(separator: "\n"), of: "")
      writing = current
      return current
    } catch {
      guard let writing else { throw error }
      tellOnce(Failure(any: error).message, of: "")
      return writing
    }
  }

  private mutating func tellOnce(_ message: String, of file: String) {
    guard told[file, default: ""] != message else { return }
    told[file] = message
    for line in message.split(separator: "\n") { tell(String(line)) }
  }

  /// Tells once why a recording is not heard, and tries again where that was not its fault.
  private mutating func fail(_ path: String, _ error: TranscriptionError) {
    // A file that is gone by now is no recording any more.
    guard (try? FileStatus(of: path)) != nil else { return }
    if error.mayPass { watched.giveBack(path) }
    let message = Failure(any: error).message
    guard told[path] != message else { return }
    told[path] = message
    TranscriptionReport.show(error, of: path, printsLines: command.outputs.printsLines)
  }
}

extension TranscriptionError {
  /// Whether the same recording may be heard well when it is tried again.
  fileprivate var mayPass: Bool {
    switch self {
    case .unwritable, .closedFolder, .noFolder, .recognition: true
    default: false
    }
  }
}

extension FinishedRecording {
  /// That it is done, for the user.
  fileprivate var sentence: String {
    "\(file): \(clock(duration)) of audio in \(clock(seconds))"
  }
}
