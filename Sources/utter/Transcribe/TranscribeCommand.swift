internal import ArgumentParser
import Audio
import Formatting
import Foundation
import Recognition
import Service
import System
package import Transcription
import Vocabulary

/// `utter transcribe`: recordings to text.
struct TranscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe", abstract: "Write down what is said in recordings.",
    discussion: """
      Reads WAV, FLAC, Ogg, Opus, MP3 and AIFF; other formats need ffmpeg. Without --output the \
      text goes to standard output: of one file just its text; of several a line for each, \
      FILE<tab>TEXT; as JSON one object or an array. A file that fails is reported on standard \
      error and the others go on.
      """)

  @Argument(help: "Recordings; - reads standard input.")
  var files: [String]

  @Option(help: "What to write: text, json, srt or vtt.")
  var format: OutputFormat?

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write to this file, replaced as a whole. {folder}, {name}, {stem} and {format} stand for "
        + "parts of the recording's path, and txt, json, srt or vtt.", valueName: "template"))
  var output: String?

  @OptionGroup var engine: ModelOptions

  @Option(help: "Threads; 0 means one for each physical core.")
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

  private var chosenFormat: OutputFormat { format ?? (json ? .json : .text) }

  func validate() throws {
    if json, let format, format != .json {
      throw ValidationError("--json and --format \(format.rawValue) exclude each other")
    }
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads must be between 0 and 1024")
    }
    if let output {
      do throws(TranscriptionError) {
        try OutputTemplate(output).check(files, format: chosenFormat)
      } catch {
        throw ValidationError(error.message)
      }
    } else if files.count > 1, chosenFormat.needsFiles {
      throw ValidationError(
        "subtitles of several recordings need files, such as "
          + "--output '{folder}/{stem}.{format}'")
    }
  }

  func run() throws {
    let failures = try reportingFailure {
      guard output != nil || StandardStream.output.isOpen else {
        throw TranscriptionError.unwritable(path: nil, reason: "it is closed")
      }
      let interruption = try InterruptGuard.watch()
      defer { withExtendedLifetime(interruption) {} }
      let writer = TranscriptWriter(
        format: chosenFormat, template: try output.map(OutputTemplate.init),
        several: files.count > 1, uninterrupted: InterruptGuard.held)
      var run = TranscriptionRun(writer: writer, load: transcriber)
      run.choice.channels = channels.choice
      run.choice.track = track?.choice
      run.splitsChannels = channels == .split
      var report = TranscriptionReport()
      do {
        return try run.transcribe(files) { report.show($0) }
      } catch TranscriptionError.readerLeft {
        throw ExitCode.someFailed
      }
    }
    // The only file tells why it failed, of several the others may be well.
    if let failure = failures.first {
      throw files.count == 1 ? failure.exitCode : ExitCode.someFailed
    }
  }

  /// Loads the model; takes seconds for a large one.
  private func transcriber() throws -> FileTranscriber {
    let rules = try rules()
    let loaded = try engine.load(threads: threads)
    return FileTranscriber(
      try Recognizer(loaded.speech, threads: threads), model: loaded.name,
      loadSeconds: loaded.loadSeconds, fullContext: fullContext,
      rules: rules)
  }

  /// How texts are written; a list of the user's that cannot be used is told and left out.
  private func rules() throws -> FormattingRules {
    let given = try GivenVocabulary(vocabulary)
    let configuration = try Configuration.load()
    var settings = configuration.format.settings()
    if let formatRules { settings.rules = formatRules.rules }
    guard configuration.vocabulary.isUsed else { return FormattingRules(settings) }
    let loaded = try vocabularyInForce(
      directory: workingDirectory(nil), request: given.lines, configuration: configuration)
    for problem in loaded.problems where problem.severity == .error {
      tell("\(problem)")
    }
    return FormattingRules(settings, terms: loaded.matcher.isEmpty ? nil : loaded.matcher)
  }
}

extension DecoderChoice: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
