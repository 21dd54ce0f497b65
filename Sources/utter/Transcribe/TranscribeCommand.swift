internal import ArgumentParser
import Foundation
import System
import Transcription

/// `utter transcribe`: recordings to text.
struct TranscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe", abstract: "Write down what is said in recordings.",
    discussion: """
      Reads WAV, FLAC, Ogg, Opus, MP3 and AIFF; other formats need ffmpeg. Without --output the \
      text goes to standard output: of one file just its text; of several a line for each, \
      FILE<tab>TEXT; as JSON one object or an array. A file that fails is reported on standard \
      error and the others go on. A folder stands for all recordings in it.
      """)

  @OptionGroup var inputs: InputOptions

  @OptionGroup var outputs: OutputOptions

  @OptionGroup var manners: RunOptions

  @Flag(help: "Skip what an earlier run with the same --output has done.")
  var resume = false

  @Flag(help: "Stop at the first recording that fails.")
  var strict = false

  @Flag(help: "Ask the daemon, so that its model is in memory once; dictation still comes first.")
  var daemon = false

  @OptionGroup var shards: ShardOptions

  @OptionGroup var hearing: TranscriptionOptions

  @OptionGroup var searching: SearchOptions

  func validate() throws {
    if !shards.merge.isEmpty {
      let given = outputs.output != nil || resume || manners.jobs != nil || daemon
      guard !given, shards.choice == nil else {
        throw ValidationError(
          "--merge goes without --shard, --output, --resume, --jobs and --daemon")
      }
    }
    if daemon { try DaemonHearing.validate(hearing, manners, outputs) }
    if daemon, searching.beam != nil {
      throw ValidationError("--daemon and --beam exclude each other: the daemon searches greedily")
    }
    let hasJSON = outputs.formats.contains(.json) && hearing.channels != .split
    if searching.nbest != nil, !hasJSON {
      throw ValidationError("--nbest goes with --format json, and not with --channels split")
    }
    if manners.checksum, outputs.output == nil {
      throw ValidationError("--checksum needs --output")
    }
    if resume, outputs.output == nil { throw ValidationError("--resume needs --output") }
  }

  func run() throws {
    let collection = try reportingFailure { try inputs.collect() }
    if !shards.merge.isEmpty { return try reportingFailure { try merge(collection) } }
    var report = TranscriptionReport(
      collection.inputs, isQuiet: manners.quiet, printsLines: outputs.printsLines)
    let failures = try reportingFailure {
      guard outputs.output != nil || StandardStream.output.isOpen else {
        throw unprinted(because: Errno(EBADF))
      }
      let template = try outputs.template(for: collection)
      for failure in collection.failures { report.show(failure) }
      if strict, !collection.failures.isEmpty { return collection.failures }
      return try transcribe(collection, to: template, &report)
    }
    if collection.isList { report.summarize() }
    // The only file tells why it failed, of several the others may be well.
    if let failure = failures.first {
      let count = collection.inputs.count + collection.failures.count
      throw count == 1 ? failure.exitCode : ExitCode.someFailed
    }
  }

  /// Transcribes them, and returns what went wrong.
  private func transcribe(
    _ collection: InputCollection, to template: OutputTemplate?,
    _ report: inout TranscriptionReport
  ) throws -> [TranscriptionError] {
    let interruption = try InterruptGuard.watch()
    defer { withExtendedLifetime(interruption) {} }
    let writing = try hearing.writing()
    for problem in writing.problems { tell(problem) }
    var writer = TranscriptWriter(
      formats: outputs.formats, template: template, several: collection.isList,
      uninterrupted: InterruptGuard.held)
    writer.highlightsWords = outputs.highlightWords
    if daemon { try DaemonHearing.validate(collection.inputs) }
    var run =
      daemon
      ? TranscriptionRun(writer: writer, asking: DaemonHearing.document(of:))
      : hearing.run(
        writer, jobs: manners.jobs, writing, search: searching, load: hearing.load)
    run.shard = try shards.shard()
    run.isStrict = strict
    if template != nil, collection.isList {
      run.journal = try outputs.journal(
        continues: resume, readsContents: manners.checksum, shard: run.shard,
        means: try hearing.means(writing, outputs, search: searching))
    }
    do {
      return try collection.failures + run.transcribe(collection.inputs) { report.show($0) }
    } catch TranscriptionError.readerLeft {
      throw ExitCode.someFailed
    }
  }
}
