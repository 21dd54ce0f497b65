import ArgumentParser
import Checkpoint
import Formatting
import Kernels
import Recognition
import Service
import Transcription
import Vocabulary

/// How much of a recording the model hears at a time.
enum HearingPass: String, CaseIterable, ExpressibleByArgument {
  /// 30 seconds of what is longer than a minute.
  case windows
  /// All of it.
  case whole
}

/// The configurations that are compared: every combination of what is given more than once.
struct HearingOptions: ParsableArguments {
  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "Model, by name or path (default: that of the configuration); again for another one to "
        + "compare, as with the options below.", valueName: "model"))
  var models: [String] = []

  @Option(
    name: .customLong("precision"), help: "How weights are kept: float32, or int8.")
  var precisions: [EnginePrecision] = []

  @Option(
    name: .customLong("decoder"), help: "The model's head to use: tdt (any transducer) or ctc.")
  var decoders: [DecoderChoice] = []

  @Option(
    name: .customLong("pass"),
    help: "Hear what is longer than a minute in windows, or every recording as a whole.")
  var passes: [HearingPass] = []

  @Option(
    name: .customLong("vocabulary"),
    help: ArgumentHelp(
      "A list by its file; manifest for the terms of each line alone, or none. (default: "
        + "manifest)", valueName: "list"),
    completion: .file())
  var vocabularies: [String] = []

  @Option(
    help: ArgumentHelp(
      "Rules by which texts are written: names of the section format with commas between them, "
        + "all, or none. (default: none)", valueName: "rules"))
  var formatRules: FormattingRuleList?

  @Option(help: "Threads of the engine; 0 means one for each physical core.")
  var threads = 0

  func validate() throws {
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads must be between 0 and 1024")
    }
    let all = [
      models, precisions.map(\.precision.rawValue), decoders.map(\.rawValue),
      passes.map(\.rawValue), vocabularies,
    ]
    if let twice = all.lazy.compactMap({ values in
      values.enumerated().first { values[..<$0.offset].contains($0.element) }?.element
    }).first {
      throw ValidationError("\(twice) is given twice")
    }
  }

  /// The terms that a configuration knows.
  struct Terms {
    /// What it is called.
    let name: String
    /// Lines of a list for all recordings.
    var lines: [String] = []
    /// Whether those of each line of the manifest count, too.
    var takesOwn = true

    /// Reads a list, or takes `manifest` and `none` for what they say.
    ///
    /// - Throws: `ListProblem` about the first line that is wrong.
    init(_ value: String) throws(ListProblem) {
      name = value
      switch value {
      case "none": takesOwn = false
      case "manifest": break
      default: lines = try VocabularyFiles([value]).terms.map(VocabularyList.line)
      }
    }
  }

  /// Every combination.
  ///
  /// - Returns: The configurations, each with the terms that it knows of all recordings.
  /// - Throws: About a list or the configuration's file.
  func configurations() throws -> [HearingRun.Configuration] {
    let models = models.isEmpty ? [try defaultModel()] : models
    let precisions: [Precision?] =
      precisions.isEmpty ? [try defaultPrecision()] : precisions.map(\.precision)
    let decoders: [DecoderChoice?] = decoders.isEmpty ? [nil] : decoders
    let passes = passes.isEmpty ? [.windows] : passes
    let terms = try (vocabularies.isEmpty ? ["manifest"] : vocabularies).map(Terms.init)
    let vocabulary = try Configuration.load().vocabulary
    let judging = vocabulary.judging
    var all: [HearingRun.Configuration] = []
    for model in models {
      for precision in precisions {
        for decoder in decoders {
          for pass in passes {
            for terms in terms {
              var means = HearingMeans(model: model)
              (means.precision, means.decoder) = (precision?.rawValue, decoder?.rawValue)
              means.fullContext = pass == .whole
              means.rules = formatRules?.rules.map(\.rawValue).sorted() ?? []
              (means.terms, means.takesOwnTerms) = (terms.lines, terms.takesOwn)
              (means.caution, means.floor) = (judging?.caution.rawValue, judging?.floor ?? 0)
              means.isBiased = vocabulary.isBiased
              means.threads = threads > 0 ? threads : Team.physicalCores
              all.append(
                HearingRun.Configuration(
                  name: name(means, pass, terms), means: means,
                  identity: try identity(means)))
            }
          }
        }
      }
    }
    return all
  }

  /// The terms of all lists.
  ///
  /// - Throws: `ListProblem` about the first line that is wrong.
  func commonTerms() throws -> [Term] {
    try VocabularyFiles(vocabularies.filter { !["none", "manifest"].contains($0) }).terms
  }

  /// What tells a configuration from the others; at least the model.
  private func name(_ means: HearingMeans, _ pass: HearingPass, _ terms: Terms) -> String {
    let parts = [
      means.model, precisions.isEmpty ? nil : means.precision,
      decoders.isEmpty ? nil : means.decoder, passes.isEmpty ? nil : pass.rawValue,
      vocabularies.isEmpty ? nil : terms.name,
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  private func identity(_ means: HearingMeans) throws -> JournalEntry.Means {
    JournalEntry.Means(
      model: modelIdentity(means.model), options: fingerprint(try means.json()),
      version: Program.version)
  }
}
