internal import ArgumentParser
import Audio
import Formatting
import Foundation
import Kernels
import Recognition
import Service
import System
import Transcription
import Vocabulary

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

  @OptionGroup var shards: ShardOptions

  @OptionGroup var engine: ModelOptions

  @Option(help: "Threads of all jobs together; 0 means one for each physical core.")
  var threads = 0

  @Option(
    help: ArgumentHelp(
      "Terms besides those of your lists: a list by its file, or a term; may be given again.",
      valueName: "list"))
  var vocabulary: [String] = []

  @Option(
    help: ArgumentHelp(
      "Rules that count instead of those of the configuration: names of its section format with "
        + "commas between them, all, or none.", valueName: "rules"))
  var formatRules: FormattingRuleList?

  @Option(
    help: ArgumentHelp(
      "Channels to hear: mix (all as one), left, right, a number from 1, or split (each by itself, "
        + "put together in the order of time).", valueName: "channels"))
  var channels = ChannelOption.mix

  @Option(
    help: ArgumentHelp(
      "The audio track to hear: a number from 1, or a language such as eng.", valueName: "track"))
  var track: TrackOption?

  @Flag(help: "Let the model hear each recording as a whole instead of 30 seconds at a time.")
  var fullContext = false

  func validate() throws {
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads must be between 0 and 1024")
    }
    if !shards.merge.isEmpty {
      let given = outputs.output != nil || manners.resume || manners.jobs != nil
      guard !given, shards.choice == nil else {
        throw ValidationError("--merge goes without --shard, --output, --resume and --jobs")
      }
    }
    if manners.checksum, outputs.output == nil {
      throw ValidationError("--checksum needs --output")
    }
    if manners.resume, outputs.output == nil { throw ValidationError("--resume needs --output") }
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
      if manners.strict, !collection.failures.isEmpty { return collection.failures }
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
    let writing = try Writing(vocabulary, formatRules)
    var writer = TranscriptWriter(
      formats: outputs.formats, template: template, several: collection.isList,
      uninterrupted: InterruptGuard.held)
    writer.highlightsWords = outputs.highlightWords
    let (engine, fullContext, threads) = (engine, fullContext, threads)
    var run = TranscriptionRun(writer: writer) {
      TranscriptionEngine(
        try engine.load(threads: threads), fullContext: fullContext, rules: writing.rules)
    }
    run.threads = threads > 0 ? threads : Team.physicalCores
    run.jobs = manners.jobs ?? run.threads
    run.shard = try shards.shard()
    run.choice.channels = channels.choice
    run.choice.track = track?.choice
    run.splitsChannels = channels == .split
    run.isStrict = manners.strict
    if template != nil, collection.isList {
      run.journal = try outputs.journal(
        continues: manners.resume, readsContents: manners.checksum, shard: run.shard,
        means: means(writing))
    }
    do {
      return try collection.failures + run.transcribe(collection.inputs) { report.show($0) }
    } catch TranscriptionError.readerLeft {
      throw ExitCode.someFailed
    }
  }

  private func means(_ writing: Writing) throws -> JournalEntry.Means {
    RunMeans(
      model: try engine.model ?? defaultModel(), decoder: engine.decoder,
      precision: try engine.precision?.precision ?? defaultPrecision(), fullContext: fullContext,
      sound: "\(channels) \(track.map { "\($0)" } ?? "")", formats: outputs.formats,
      highlightsWords: outputs.highlightWords,
      settings: writing.settings, terms: writing.terms, caution: writing.caution
    ).description
  }
}

extension DecoderChoice: ExpressibleByArgument {}
