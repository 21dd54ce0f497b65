package import Audio
internal import Foundation
internal import Glibc
internal import Synchronization

/// The daemon: what is asked of it on one side, the microphone and the engine on the other.
package final class Daemon: Sendable {
  private let messenger: any ClientMessenger
  private let status: DaemonStatus
  private let engine = Engine()
  private let recorder: Recorder
  private let state: StateFolder
  private let settings: Settings
  private let configuration: Guarded<Configuration>
  private let start = ContinuousClock.now
  private let isEnding = Atomic(false)

  /// Starts its threads, and takes up what a daemon that died left behind.
  ///
  /// - Parameters:
  ///   - environment: Variables of the process, which say where configuration and state lie.
  ///   - messenger: Where answers and notifications go.
  ///   - onChange: Is told what the daemon does now.
  /// - Throws: An error about the configuration or the folder.
  package convenience init(
    environment: [String: String], messenger: any ClientMessenger,
    onChange: @escaping @Sendable (DaemonState) -> Void = { _ in }
  ) throws(ServiceError) {
    let settings: Settings = { () throws(ServiceError) in
      do throws(ConfigurationError) {
        return try Configuration.load(environment: environment)
      } catch {
        throw ServiceError(error)
      }
    }
    let state = StateFolder(environment: environment)
    try self.init(settings: settings, state: state, messenger: messenger, onChange: onChange) {
      device throws(AudioError) in try Capture(device: device)
    }
  }

  /// Where the configuration comes from.
  package typealias Settings = @Sendable () throws(ServiceError) -> Configuration

  /// Starts with microphones that a function opens.
  package init(
    settings: @escaping Settings, state: StateFolder, messenger: any ClientMessenger,
    onChange: @escaping @Sendable (DaemonState) -> Void = { _ in },
    opening: @escaping @Sendable (String) throws(AudioError) -> Capture
  ) throws(ServiceError) {
    let configuration = try settings()
    self.settings = settings
    self.configuration = Guarded(configuration)
    self.state = state
    self.messenger = messenger
    if configuration.history.enabled { try state.prepare() }
    status = DaemonStatus(messenger: messenger, onChange: onChange)
    recorder = Recorder(configuration, status: status, messenger: messenger, opening: opening)
    engine.start(configuration, status: status, messenger: messenger, state: state)
    if configuration.model.preload { engine.perform(.load(nil)) }
    if configuration.history.enabled { recover() }
  }

  /// Whether its threads get on; what a watchdog wants to know.
  package var isAlive: Bool { engine.isAlive }

  /// Does what a client asks.
  ///
  /// - Parameters:
  ///   - request: What.
  ///   - address: Where the answer goes.
  ///   - descriptor: A file that came with the request; the daemon closes it.
  package func handle(_ request: Request, from address: ReplyAddress, descriptor: Int32?) {
    let passed = descriptor.map(PassedDescriptor.init)
    do throws(ServiceError) {
      if let answer = try answer(request, address, passed) {
        messenger.reply(.success(answer), to: address)
      }
    } catch {
      messenger.reply(.failure(error), to: address)
    }
  }

  /// Reads the configuration again.
  ///
  /// - Throws: An error about it; then the daemon goes on with the one it has.
  package func reload() throws(ServiceError) {
    let new = try settings()
    if new.history.enabled { try state.prepare() }
    let old = configuration.withLock { configuration in
      defer { configuration = new }
      return configuration
    }
    recorder.configure(new)
    engine.perform(.configure(new))
    if new.history.enabled, !old.history.enabled { recover() }
  }

  /// Ends what is being said, waits for its text, and stops.
  ///
  /// To be called once.
  package func end() {
    isEnding.store(true, ordering: .relaxed)
    release()
    engine.end()
    recorder.end()
  }

  /// The answer; nil where it comes later, or from somebody else.
  private func answer(
    _ request: Request, _ address: ReplyAddress, _ passed: PassedDescriptor?
  ) throws(ServiceError) -> (any Encodable & Sendable)? {
    switch request {
    case .hello, .subscribe: return nil
    case .startRecording(let wanted): return try record(wanted)
    case .stopRecording: return try named(release())
    case .toggleRecording(let wanted):
      if let ended = release() { return ended }
      return try record(wanted)
    case .cancelRecording: return try named(cancel())
    case .status: return report
    case .transcribe(let path):
      guard let input = path.map(RecordedInput.path) ?? passed.map(RecordedInput.descriptor) else {
        throw ServiceError(
          code: .parameters, message: "transcribe: neither a path nor a descriptor",
          hint: "give params.path, or pass an open file along")
      }
      engine.perform(.file(input, address))
    case .listHistory(let limit): return try entries().reversed().prefix(limit ?? .max).map { $0 }
    case .retryHistory(let id): engine.perform(.retry(try entry(id), address))
    case .loadModel: engine.perform(.load(address))
    case .unloadModel: engine.perform(.unload(address))
    case .reload:
      try reload()
      return Done()
    }
    return nil
  }

  // MARK: - Dictations

  /// The answer to what starts or ends a dictation.
  private struct Named: Encodable, Sendable { let id: String }

  /// Starts, or goes on: a key that repeats itself is pressed once.
  private func record(_ request: RecordingRequest) throws(ServiceError) -> Named {
    if let held = status.now.recording { return Named(id: held.id) }
    guard !isEnding.load(ordering: .relaxed) else {
      throw ServiceError(code: .failed, message: "the daemon is about to end")
    }
    // Asked once: a dictation is kept, or not, as it was when the key went down.
    let history = history
    let take = try Take(id: DictationName.now(), in: history == nil ? nil : state.spool)
    let recording = Recording(request, take: take, history: history, engine: engine.wakeEvent)
    status.update { $0.recording = recording }
    recorder.record(recording)
    engine.hear(recording)
    return Named(id: recording.id)
  }

  /// Ends the dictation whose key was held; nil without one.
  @discardableResult private func release() -> Named? {
    let held = letGo()
    held?.release()
    return held.map { Named(id: $0.id) }
  }

  /// Drops the dictation whose key was held; nil without one.
  private func cancel() -> Named? {
    let held = letGo()
    held?.cancel()
    return held.map { Named(id: $0.id) }
  }

  /// The key is held no more.
  private func letGo() -> Recording? {
    status.update { status in
      guard let held = status.recording else { return nil }
      (status.recording, status.unfinished) = (nil, status.unfinished + 1)
      return held
    }
  }

  private func named(_ answer: Named?) throws(ServiceError) -> Named {
    guard let answer else {
      throw ServiceError(
        code: .notRecording, message: "nothing is being recorded",
        hint: "utter record start begins")
    }
    return answer
  }

  // MARK: - What is kept

  /// Where dictations are remembered; nil where the user does not want that.
  private var history: History? {
    configuration.withLock { state.history(where: $0.history) }
  }

  /// Takes up what a daemon that died left behind.
  private func recover() {
    for take in state.leftBehind() { engine.perform(.recovery(take)) }
  }

  private func entries() throws(ServiceError) -> [HistoryEntry] { try history?.entries() ?? [] }

  private func entry(_ id: String?) throws(ServiceError) -> HistoryEntry {
    let found = try entries().last { id == nil ? $0.audio != nil : $0.id == id }
    guard let found else {
      throw ServiceError(
        code: .history,
        message: id.map { "\($0): no such dictation" } ?? "no dictation is left to be transcribed",
        hint: "utter history list shows them")
    }
    return found
  }

  // MARK: - What there is to know

  private var report: StatusReport {
    let status = status.now
    let configuration = configuration.withLock { $0 }
    return StatusReport(
      version: Program.version, pid: getpid(), state: status.state,
      uptime: start.duration(to: .now) / .seconds(1), recording: status.recording?.id,
      recordedSeconds: (status.recording?.take.count).map { Double($0) / 16_000 },
      model: .init(name: configuration.model.name, loaded: status.isLoaded),
      microphone: .init(
        device: configuration.audio.device, open: status.microphone.isOpen,
        realTime: status.microphone.isRealTime, overruns: status.microphone.overruns,
        dropped: status.microphone.dropped, reopens: status.microphone.reopens),
      clients: messenger.clients, dictations: status.dictations, releaseMs: status.releaseMs,
      problem: status.problem)
  }
}
