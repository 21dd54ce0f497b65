package import Audio
internal import Foundation
internal import Glibc
internal import Synchronization

/// The daemon: what is asked of it on one side, the microphone and the engine on the other.
package final class Daemon: Sendable {
  private let hub: any Hub
  private let board: Board
  private let engine = Engine()
  private let microphone: Microphone
  private let state: StateFolder
  private let settings: Settings
  private let configuration: Guarded<Configuration>
  private let start = ContinuousClock.now
  private let isEnding = Atomic(false)

  /// Starts its threads, and takes up what a daemon that died left behind.
  ///
  /// - Parameters:
  ///   - environment: Variables of the process, which say where configuration and state lie.
  ///   - hub: Where answers and notifications go.
  ///   - onChange: Is told what the daemon does now.
  /// - Throws: A complaint about the configuration or the folder.
  package convenience init(
    environment: [String: String], hub: any Hub,
    onChange: @escaping @Sendable (State) -> Void = { _ in }
  ) throws(Complaint) {
    let settings: Settings = { () throws(Complaint) in
      do throws(ConfigurationError) {
        return try Configuration.load(environment: environment)
      } catch {
        throw Complaint(error)
      }
    }
    let state = StateFolder(environment: environment)
    try self.init(settings: settings, state: state, hub: hub, onChange: onChange) {
      device throws(AudioError) in try Capture(device: device)
    }
  }

  /// Where the configuration comes from.
  package typealias Settings = @Sendable () throws(Complaint) -> Configuration

  /// Starts with microphones that a function opens.
  package init(
    settings: @escaping Settings, state: StateFolder, hub: any Hub,
    onChange: @escaping @Sendable (State) -> Void = { _ in },
    opening: @escaping @Sendable (String) throws(AudioError) -> Capture
  ) throws(Complaint) {
    let configuration = try settings()
    self.settings = settings
    self.configuration = Guarded(configuration)
    self.state = state
    self.hub = hub
    if configuration.history.enabled { try state.prepare() }
    board = Board(hub: hub, onChange: onChange)
    microphone = Microphone(configuration, board: board, hub: hub, opening: opening)
    engine.start(configuration, board: board, hub: hub, state: state)
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
    do throws(Complaint) {
      if let answer = try answer(request, address, passed) {
        hub.reply(.success(answer), to: address)
      }
    } catch {
      hub.reply(.failure(error), to: address)
    }
  }

  /// Reads the configuration again.
  ///
  /// - Throws: A complaint about it; then the daemon goes on with the one it has.
  package func reload() throws(Complaint) {
    let new = try settings()
    if new.history.enabled { try state.prepare() }
    let old = configuration.withLock { configuration in
      defer { configuration = new }
      return configuration
    }
    microphone.configure(new)
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
    microphone.end()
  }

  /// The answer; nil where it comes later, or from somebody else.
  private func answer(
    _ request: Request, _ address: ReplyAddress, _ passed: PassedDescriptor?
  ) throws(Complaint) -> (any Encodable & Sendable)? {
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
        throw Complaint(
          code: Complaint.Code.parameters, message: "transcribe: neither a path nor a descriptor",
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
  private func record(_ request: RecordingRequest) throws(Complaint) -> Named {
    if let held = board.now.recording { return Named(id: held.id) }
    guard !isEnding.load(ordering: .relaxed) else {
      throw Complaint(code: Complaint.Code.failed, message: "the daemon is about to end")
    }
    // Asked once: a dictation is kept, or not, as it was when the key went down.
    let history = history
    let take = try Take(id: DictationName.now(), in: history == nil ? nil : state.spool)
    let recording = Recording(request, take: take, history: history, engine: engine.signal)
    board.update { $0.recording = recording }
    microphone.record(recording)
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
    board.update { board in
      guard let held = board.recording else { return nil }
      (board.recording, board.unfinished) = (nil, board.unfinished + 1)
      return held
    }
  }

  private func named(_ answer: Named?) throws(Complaint) -> Named {
    guard let answer else {
      throw Complaint(
        code: Complaint.Code.notRecording, message: "nothing is being recorded",
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

  private func entries() throws(Complaint) -> [HistoryEntry] { try history?.entries() ?? [] }

  private func entry(_ id: String?) throws(Complaint) -> HistoryEntry {
    let found = try entries().last { id == nil ? $0.audio != nil : $0.id == id }
    guard let found else {
      throw Complaint(
        code: Complaint.Code.history,
        message: id.map { "\($0): no such dictation" } ?? "no dictation is left to be transcribed",
        hint: "utter history list shows them")
    }
    return found
  }

  // MARK: - What there is to know

  private var report: StatusReport {
    let board = board.now
    let configuration = configuration.withLock { $0 }
    return StatusReport(
      version: Program.version, pid: getpid(), state: board.state,
      uptime: start.duration(to: .now) / .seconds(1), recording: board.recording?.id,
      recordedSeconds: (board.recording?.take.count).map { Double($0) / 16_000 },
      model: .init(name: configuration.model.name, loaded: board.isLoaded),
      microphone: .init(
        device: configuration.audio.device, open: board.microphone.isOpen,
        realTime: board.microphone.isRealTime, overruns: board.microphone.overruns,
        dropped: board.microphone.dropped, reopens: board.microphone.reopens),
      clients: hub.clients, dictations: board.dictations, releaseMs: board.releaseMs,
      problem: board.problem)
  }
}
