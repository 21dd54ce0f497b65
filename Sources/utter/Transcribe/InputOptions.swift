import ArgumentParser
import Evaluation
import Foundation
import System
import Transcription

/// Which recordings are transcribed.
struct InputOptions: ParsableArguments {
  @Argument(
    help: "Recordings, and folders, of which all recordings are taken; - reads standard input.")
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Also those whose names this file holds, a line each; - reads the names from standard input.",
      valueName: "list"))
  var filesFrom: String?

  @Flag(help: "Names in that list end with a zero byte, as `find -print0` writes them.")
  var null = false

  @Option(
    help: ArgumentHelp(
      "Also those of a manifest as NeMo's: JSON lines with audio_filepath and, for parts of "
        + "recordings, offset and duration.", valueName: "file"))
  var manifest: String?

  func validate() throws {
    if null, filesFrom == nil { throw ValidationError("--null needs --files-from") }
    let readers = [files.contains("-"), filesFrom == "-", manifest == "-"]
    if readers.count(where: \.self) > 1 {
      throw ValidationError("standard input can be read once only")
    }
  }

  /// All of them.
  ///
  /// - Throws: `EvaluationError` about the manifest, `Failure` about the list, or
  ///   `ValidationError` where neither is given, nor a file.
  func collect() throws -> InputCollection {
    // Not sooner: what the parser does not know is told first.
    if files.isEmpty, filesFrom == nil, manifest == nil {
      throw ValidationError("Missing expected argument '<files> ...'")
    }
    var collection = InputCollection()
    for file in files { collection.add(file) }
    if let filesFrom {
      collection.add(
        list: try Self.read(filesFrom), separator: null ? 0 : UInt8(ascii: "\n"))
    }
    if let manifest {
      let entries = try ManifestFile.manifest(at: manifest, needsText: false).entries
      collection.add(
        manifest: entries.map {
          TranscriptionInput(
            $0.recording, part: RecordingPart(offset: $0.offset, duration: $0.duration),
            line: $0.object)
        })
    }
    return collection
  }

  /// Bytes that a list of names may have.
  private static let largest = 256 << 20

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    try requireInput(path, limit: largest, hint: "name a file that holds names of recordings")
  }
}
