import ArgumentParser
import Audio
import Kernels
import Recognition
import Service
import Transcription

/// What recordings are heard with, and how their texts are written.
struct TranscriptionOptions: ParsableArguments {
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
  }
}

extension TranscriptionOptions {
  /// How texts are written by now.
  ///
  /// - Throws: What `Writing` throws.
  func writing() throws -> Writing { try Writing(vocabulary, formatRules) }

  /// Loads the model; throws what `ModelOptions.load` does.
  var load: @Sendable () throws -> LoadedModel {
    let (engine, threads) = (engine, threads)
    return { try engine.load(threads: threads) }
  }

  /// A run that hears so.
  ///
  /// - Parameters:
  ///   - writer: Takes the documents.
  ///   - jobs: Recordings that are heard at the same time, at most; nil for as many as threads.
  ///   - writing: How texts are written.
  ///   - search: How tokens are searched for; nil for greedily.
  ///   - load: Gives the model; called once there is something to hear, on a job's thread.
  /// - Returns: The run.
  func run(
    _ writer: TranscriptWriter, jobs: Int?, _ writing: Writing, search: SearchOptions? = nil,
    load: @escaping @Sendable () throws -> LoadedModel
  ) -> TranscriptionRun {
    let fullContext = fullContext
    let (rules, beam, alternatives) = (writing.rules, search?.beam, search?.nbest ?? 0)
    var run = TranscriptionRun(writer: writer) {
      TranscriptionEngine(
        try load(), fullContext: fullContext, beam: beam, alternatives: alternatives, rules: rules)
    }
    run.threads = threads > 0 ? threads : Team.physicalCores
    run.jobs = jobs ?? run.threads
    run.choice.channels = channels.choice
    run.choice.track = track?.choice
    run.splitsChannels = channels == .split
    return run
  }

  /// What decides how transcripts read, for the journal.
  ///
  /// - Throws: Where the configuration cannot be read.
  func means(
    _ writing: Writing, _ outputs: OutputOptions, search: SearchOptions? = nil
  ) throws -> JournalEntry.Means {
    RunMeans(
      model: try engine.model ?? defaultModel(), decoder: engine.decoder,
      precision: try engine.precision?.precision ?? defaultPrecision(), fullContext: fullContext,
      sound: "\(channels) \(track.map { "\($0)" } ?? "")", formats: outputs.formats,
      highlightsWords: outputs.highlightWords,
      settings: writing.settings, terms: writing.terms, judging: writing.judging,
      isBiased: writing.isBiased, search: search?.description ?? ""
    ).description
  }
}

extension DecoderChoice: ExpressibleByArgument {}
