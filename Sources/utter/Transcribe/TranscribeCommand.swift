internal import ArgumentParser
import Recognition
package import Transcription

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

  @Option(
    help: ArgumentHelp(
      "Model, by name or path (default: that of the configuration).", valueName: "model"))
  var model: String?

  @Option(help: "The model's head to use: tdt (any transducer) or ctc.")
  var decoder: DecoderChoice?

  @Option(help: "How weights are kept: float32, or int8, which is faster.")
  var precision: EnginePrecision?

  @Option(help: "Threads; 0 means one for each physical core.")
  var threads = 0

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
      let interruption = try InterruptGuard.watch()
      defer { withExtendedLifetime(interruption) {} }
      let writer = TranscriptWriter(
        format: chosenFormat, template: try output.map(OutputTemplate.init),
        several: files.count > 1, uninterrupted: InterruptGuard.held)
      var run = TranscriptionRun(writer: writer, load: transcriber)
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
    let loaded = try LoadedModel(
      model ?? defaultModel(), decoder: decoder,
      precision: precision?.precision ?? defaultPrecision(), threads: threads)
    return FileTranscriber(
      try Recognizer(loaded.speech, threads: threads), model: loaded.name,
      loadSeconds: loaded.loadSeconds, fullContext: fullContext)
  }
}

extension DecoderChoice: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
