internal import Formatting
internal import Foundation
internal import Recognition
internal import System
internal import Vocabulary

/// Knows the terms of the user's lists, and how texts are written with them.
///
/// Lists are read on a thread of its own when a key goes down, and when a file of them changes, for
/// a disk may hang. A list that became broken stays in force as it was, and everybody is told.
final class Lexicon: Sendable {
  private struct State {
    var configuration: Configuration
    /// What is in force where nothing more is known.
    var standard: FormattingRules
    /// Whether a dictation did not get its vocabulary in time, and nothing was read since.
    var isLate = false
    /// What the last dictation asked for.
    var request = RecordingRequest()
    /// What is in force for that.
    var loaded: LoadedVocabulary?
    /// What the last dictation went into.
    var target: StatusReport.Target?
    /// The listed terms as tokens, and what they were made of: dictations that follow each other
    /// share them.
    var tokens: (key: String, tokens: TermTokens?)?
    /// The terms that recognition favours, and the lists they are from.
    var biased: (key: String, terms: BiasedVocabulary?)?
    /// What the engine hears with.
    weak var model: SpeechModel?
    /// What was told of lists that are broken.
    var told: Set<String> = []
  }

  private let state: Monitor<State>
  private let loader: VocabularyLoader?
  private let thread: FileThread
  private let watch: ListWatch?
  private let messenger: any ClientMessenger

  /// How long the first dictation waits whose vocabulary does not come; those after it do not wait.
  private static let patience = Duration.seconds(1)

  /// Starts.
  ///
  /// - Parameters:
  ///   - configuration: What the user wants.
  ///   - loader: Reads lists; nil for none.
  ///   - messenger: Where errors go.
  /// - Throws: Where the system has no more threads.
  init(
    _ configuration: Configuration, loader: VocabularyLoader?, messenger: any ClientMessenger
  ) throws(ServiceError) {
    self.loader = loader
    self.messenger = messenger
    state = Monitor(
      State(
        configuration: configuration, standard: FormattingRules(configuration.format.settings())))
    thread = try FileThread(named: "utter-terms", messenger: messenger)
    watch = loader == nil ? nil : try ListWatch()
    try watch?.start { [weak self] in self?.reload() }
    reload()
  }

  /// How texts are written that no dictation of now is about.
  var standard: FormattingRules { state.withLock(\.standard) }

  /// What is in force; nil before anything was read.
  var report: StatusReport.Vocabulary? {
    state.withLock(\.loaded).map(StatusReport.Vocabulary.init)
  }

  /// What the last dictation went into; nil before the first.
  var target: StatusReport.Target? { state.withLock(\.target) }

  /// Takes another configuration.
  func configure(_ new: Configuration) {
    state.withLock { $0.configuration = new }
    reload()
  }

  /// Makes terms ready for a model that the engine has loaded, so that it need not do it itself.
  func use(_ model: SpeechModel) {
    state.withLock { $0.model = model }
    thread.perform { [self] in state.withLock(\.tokens)?.tokens?.prepare(for: model) }
  }

  /// Finds out how a dictation is written.
  func prepare(_ recording: Recording) {
    let (asked, wording) = (recording.request, recording.wording)
    let format = state.withLock(\.configuration.format)
    thread.perform { [self] in
      var request = asked
      request.profile = request.profile ?? format.profiles.profile(ofWindow: request.window)
      state.withLock { $0.target = .init(window: request.window, profile: request.profile) }
      let (rules, loaded) = read(for: request)
      wording.set(
        Writing(rules: rules, filter: TextFilter(format.filter), profile: request.profile))
      tell(loaded?.problems ?? [])
      state.withLock { ($0.isLate, $0.request, $0.loaded) = (false, request, loaded) }
    }
  }

  /// How a dictation is written: with what is known anyway, where its lists take too long.
  func writing(of recording: Recording) -> Writing {
    let patience = state.withLock(\.isLate) ? .zero : Self.patience
    if let writing = recording.wording.get(within: patience) { return writing }
    state.withLock { $0.isLate = true }
    messenger.publish(
      .error(
        ServiceError(
          code: .vocabulary, message: "vocabulary: its lists cannot be read in time",
          hint: "the terms that were known before are used")))
    let (rules, filter) = state.withLock { ($0.standard, $0.configuration.format.filter) }
    return Writing(rules: rules, filter: TextFilter(filter))
  }

  /// Has the threads end.
  ///
  /// - Parameter deadline: How long to wait at most.
  /// - Returns: Whether the one that reads ended.
  func end(until deadline: ContinuousClock.Instant) -> Bool {
    watch?.end()
    return thread.end(until: deadline)
  }

  // MARK: - On the thread

  private func reload() {
    thread.perform { [self] in
      let (standard, lists) = read(for: RecordingRequest())
      let loaded = read(for: state.withLock(\.request)).loaded
      tell((lists?.problems ?? []) + (loaded?.problems ?? []))
      state.withLock { ($0.standard, $0.loaded) = (standard, loaded) }
    }
  }

  private func read(
    for request: RecordingRequest
  ) -> (rules: FormattingRules, loaded: LoadedVocabulary?) {
    let configuration = state.withLock(\.configuration)
    let settings = configuration.format.settings(for: request.profile)
    let lists = request.profile.map { configuration.format.profiles[$0].lists } ?? []
    guard let loader, configuration.vocabulary.isUsed else {
      return (FormattingRules(settings), nil)
    }
    let loaded = loader.load(
      files: configuration.vocabulary.lists + lists, directory: request.directory,
      projectList: configuration.vocabulary.projectFile, request: request.vocabulary)
    watch?.look(at: loaded.folders)
    let rules = FormattingRules(
      settings, terms: loaded.matcher.isEmpty ? nil : loaded.matcher,
      judging: configuration.vocabulary.judging,
      tokens: configuration.vocabulary.judging.flatMap { _ in tokens(loaded) },
      biased: configuration.vocabulary.isBiased ? biased(loaded) : nil)
    return (rules, loaded)
  }

  /// The listed terms as tokens, the same as long as the lists are: names of files, which are other
  /// ones in each directory, are not among them.
  private func tokens(_ loaded: LoadedVocabulary) -> TermTokens? {
    let listed = loaded.sources.filter { $0.origin != .automatic }
    let key = listed.map { "\($0.origin) \($0.hash)" }.joined(separator: "\n")
    let (tokens, model) = state.withLock { state in
      let known = state.tokens.flatMap { $0.key == key ? $0.tokens : nil }
      let tokens = known ?? TermTokens(loaded.matcher)
      state.tokens = (key, tokens)
      return (tokens, state.model)
    }
    if let model { tokens?.prepare(for: model) }
    return tokens
  }

  /// The terms that recognition favours, the same as long as the lists are.
  private func biased(_ loaded: LoadedVocabulary) -> BiasedVocabulary? {
    let (terms, model) = state.withLock { state in
      let known = state.biased.flatMap { $0.key == loaded.hash ? $0.terms : nil }
      let terms = known ?? BiasedVocabulary(loaded.matcher)
      state.biased = (loaded.hash, terms)
      return (terms, state.model)
    }
    if let model { _ = terms?.biasing(for: model) }
    return terms
  }

  /// Tells of lists that cannot be used, once.
  private func tell(_ problems: [ListProblem]) {
    let errors = problems.filter { $0.severity == .error }
    let texts = Set(errors.map(\.description))
    var news = state.withLock { state in
      defer { state.told = texts }
      return texts.subtracting(state.told)
    }
    for error in errors where news.remove(error.description) != nil {
      messenger.publish(.error(ServiceError(error)))
    }
  }
}

extension ServiceError {
  fileprivate init(_ problem: ListProblem) {
    self.init(code: .vocabulary, message: problem.description, hint: problem.remedy)
  }
}
