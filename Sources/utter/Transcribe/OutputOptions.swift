import ArgumentParser
import Foundation
import System
import Transcription

/// What transcripts are written as, and where to.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to write: \(OutputFormatList.allValueStrings.joined(separator: ", ")); with --output "
        + "several, with commas between them.", valueName: "formats"))
  var format: OutputFormatList?

  @Flag(
    help: "The same as --format json; with --output, also a line of JSON for each that is done.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write to this file, replaced as a whole. {folder}, {name} and {stem} stand for parts of "
        + "the recording's path, {number} for its place in the run, {format} for the ending of "
        + "the format.", valueName: "template"))
  var output: String?

  @Flag(help: "Underline each word in srt and vtt while it is said.")
  var highlightWords = false

  @Flag(help: "Make the folders of --output that are missing.")
  var mkdir = false

  /// What each transcript is written as.
  var formats: [OutputFormat] { format?.formats ?? (json ? [.json] : [.text]) }

  /// Whether standard output gets a line for each transcript that was written to files.
  var printsLines: Bool { json && output != nil }

  func validate() throws {
    if json, output == nil, let format, format.formats != [.json] {
      throw ValidationError("--json and --format \(format) exclude each other")
    }
    if mkdir, output == nil { throw ValidationError("--mkdir needs --output") }
    if highlightWords, !formats.contains(.srt), !formats.contains(.vtt) {
      throw ValidationError("--highlight-words goes with --format srt or vtt")
    }
    guard formats.count > 1 else { return }
    guard let output, output.contains("{format}") else {
      throw ValidationError("several formats need {format} in --output")
    }
  }

  /// Where transcripts go.
  ///
  /// - Parameter collection: The recordings.
  /// - Returns: The template of paths; nil for standard output.
  /// - Throws: `TranscriptionError` or `ValidationError` about what could not be written.
  func template(for collection: InputCollection) throws -> OutputTemplate? {
    guard let output else {
      guard !collection.isList || !formats.contains(where: \.needsFiles) else {
        throw ValidationError(
          "\(formats[0].rawValue) of several recordings needs files, such as "
            + "--output '{folder}/{stem}.{format}'")
      }
      return nil
    }
    do throws(TranscriptionError) {
      let template = try OutputTemplate(output)
      try template.check(
        collection.inputs.map(\.path), formats: formats, makesFolders: mkdir)
      return template
    } catch {
      guard error.exitCode != .usage else { throw ValidationError(error.message.printable) }
      throw error
    }
  }
}

extension OutputOptions {
  /// What was done with this template in this folder before, and is done now.
  ///
  /// - Parameters:
  ///   - continues: Whether what was done before counts.
  ///   - readsContents: Whether what is in a recording tells that it has changed.
  ///   - shard: Which part of the run is done here; each has a journal of its own.
  ///   - means: What transcripts are made with.
  /// - Returns: The journal; nil where there is no place for one and nobody asked for it.
  /// - Throws: `TranscriptionError.journal`.
  func journal(
    continues: Bool, readsContents: Bool, shard: Shard?, means: JournalEntry.Means
  ) throws -> TranscriptionJournal? {
    do {
      return try TranscriptionJournal(
        journalPath(of: shard.map { ["\($0.number)/\($0.count)"] } ?? []), means: means,
        continues: continues, readsContents: readsContents)
    } catch {
      if continues { throw error }
      return nil
    }
  }

  /// What was done of a folder's recordings as they appeared, and is done now.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - readsContents: Whether what is in a recording tells that it has changed.
  ///   - means: What transcripts are made with.
  /// - Returns: The journal.
  /// - Throws: `TranscriptionError.journal`.
  func journal(
    ofWatched folder: String, readsContents: Bool, means: JournalEntry.Means
  ) throws -> TranscriptionJournal {
    try TranscriptionJournal(
      journalPath(of: ["watch", folder]), means: means, continues: true,
      readsContents: readsContents, isFinal: true)
  }

  private func journalPath(of what: [String]) throws -> String {
    let folder = FileManager.default.currentDirectoryPath
    let name = fingerprint(
      ([folder, output ?? ""] + formats.map(\.rawValue) + what).joined(separator: "\0"))
    return "\(try UserFolders().state)/utter/runs/\(name).jsonl"
  }
}

/// Formats with commas between them.
struct OutputFormatList: ExpressibleByArgument, CustomStringConvertible {
  /// Each once.
  let formats: [OutputFormat]

  init?(argument: String) {
    var formats: [OutputFormat] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let format = OutputFormat(rawValue: String(name)) else { return nil }
      if !formats.contains(format) { formats.append(format) }
    }
    self.formats = formats
  }

  var description: String { formats.map(\.rawValue).joined(separator: ",") }

  static var allValueStrings: [String] { OutputFormat.allCases.map(\.rawValue) }
}
