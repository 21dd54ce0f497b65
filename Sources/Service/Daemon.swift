package import Audio
internal import Synchronization
package import System
package import Vocabulary

/// The daemon: what is asked of it on one side, the microphone and the engine on the other.
package final class Daemon: Sendable {
  let messenger: any ClientMessenger
  let status: DaemonStatus
  let engine = Engine()
  let recorder: Recorder
  let archive: Archive
  let intake: Intake
  let lexicon: Lexicon
  private let delivery: Delivery
  let configuration: Monitor<Configuration>
  let start = ContinuousClock.now
  let isEnding = Atomic(false)
  private let isDone = Atomic(false)
  let keys = Monitor(KeyOrder())
  private let files: FileThread
  private let settings: Settings

  /// Starts its threads, and takes up what a daemon that died left behind.
  ///
  /// - Parameters:
  ///   - environment: Variables of the process, which say where configuration and state lie.
  ///   - messenger: Where answers and notifications go.
  ///   - advice: Knows the way out of errors.
  ///   - trial: Makes sure that the daemon survives its microphone.
  ///   - onChange: Is told what the daemon does now.
  /// - Throws: An error about the configuration or the folder.
  package convenience init(
    environment: [String: String], messenger: any ClientMessenger,
    advice: @escaping Advice = { _ in nil }, trial: DeviceTrial,
    onChange: @escaping @Sendable (DaemonState) -> Void = { _ in }
  ) throws(ServiceError) {
    let settings: Settings = { () throws(ServiceError) in
      do throws(ConfigurationError) {
        return try Configuration.load(environment: environment)
      } catch {
        throw ServiceError(error, advice: advice)
      }
    }
    let state: StateFolder
    do throws(UserFolders.UnknownHome) {
      state = try StateFolder(environment: environment)
    } catch {
      throw ServiceError(error, advice: advice)
    }
    let vocabulary = VocabularyLoader(UserFolders(environment: environment))
    try self.init(
      settings: settings, state: state, vocabulary: vocabulary, messenger: messenger,
      advice: advice, onChange: onChange, rehearsing: { try? trial.make($0) }
    ) { device throws(AudioError) in try Capture(device: device, after: trial) }
  }

  /// Where the configuration comes from.
  package typealias Settings = @Sendable () throws(ServiceError) -> Configuration

  /// Starts with microphones that a function opens, and another one looks at before.
  package init(
    settings: @escaping Settings, state: StateFolder, vocabulary: VocabularyLoader? = nil,
    messenger: any ClientMessenger, advice: @escaping Advice = { _ in nil },
    onChange: @escaping @Sendable (DaemonState) -> Void = { _ in },
    rehearsing: @escaping @Sendable (String) -> Void = { _ in },
    opening: @escaping @Sendable (String) throws(AudioError) -> Capture
  ) throws(ServiceError) {
    let configuration = try settings()
    do throws(FolderFault) {
      try state.requireOwn()
    } catch {
      throw ServiceError(error, advice: advice)
    }
    if configuration.history.enabled { try state.prepare() }
    self.settings = settings
    self.configuration = Monitor(configuration)
    self.messenger = messenger
    status = DaemonStatus(messenger: messenger, onChange: onChange)
    files = try FileThread(messenger: messenger)
    archive = Archive(
      in: state, configuration.history, files: files, messenger: messenger, status: status
    ) { [engine] in engine.perform(.recovery($0)) }
    recorder = try Recorder(
      configuration, status: status, messenger: messenger, advice: advice,
      rehearsing: rehearsing, opening: opening)
    intake = Intake(copyingTo: state.path, messenger: messenger, advice: advice)
    lexicon = try Lexicon(configuration, loader: vocabulary, messenger: messenger)
    delivery = try Delivery(archive: archive, status: status, messenger: messenger)
    try engine.start(
      configuration, status: status, messenger: messenger, archive: archive, lexicon: lexicon,
      delivery: delivery, advice: advice)
    if configuration.model.preload { engine.perform(.load(nil)) }
    archive.begin()
  }

  /// Whether its threads get on; what a watchdog wants to know.
  package var isAlive: Bool { engine.isAlive }

  /// Does what a client asks; called on the socket thread, which waits for nothing here.
  ///
  /// - Parameters:
  ///   - request: What.
  ///   - address: Where the answer goes.
  ///   - descriptor: A file that came with the request.
  package func handle(
    _ request: Request, from address: ReplyAddress, descriptor: consuming FileDescriptor?
  ) {
    let passed = if let descriptor { PassedFile(descriptor) } else { PassedFile?.none }
    switch request {
    case .hello, .subscribe: break
    case .startRecording(let wanted): startDictation(wanted, isHold: true, for: address)
    case .stopRecording(let began): stopDictation(began, for: address)
    case .toggleRecording(let wanted):
      if status.now.recording == nil {
        startDictation(wanted, isHold: false, for: address)
      } else {
        stopDictation(nil, for: address)
      }
    case .cancelRecording(let began): cancelDictation(began, for: address)
    case .status: messenger.reply(.success(report), to: address)
    case .transcribe(let path):
      guard let input = path.map(RecordedInput.path) ?? passed.map(RecordedInput.passed) else {
        let error = ServiceError(
          code: .parameters, message: "transcribe: neither a path nor a descriptor",
          hint: "give params.path, or pass an open file along")
        return messenger.reply(.failure(error), to: address)
      }
      intake.open(input, for: address) { [engine] in engine.perform(.file($0, address)) }
    case .listHistory(let limit, let after): archive.list(limit, after: after, for: address)
    case .retryHistory(let id):
      archive.find(id, for: address) { [engine] in engine.perform(.retry($0, $1, address)) }
    case .loadModel: engine.perform(.load(address))
    case .unloadModel: engine.perform(.unload(address))
    case .reload:
      reload { [messenger] in messenger.reply($0.map { Done() }.erased, to: address) }
    }
  }

  /// Reads the configuration again; where it is wrong, the daemon goes on with the one it has, and
  /// says so to all.
  ///
  /// - Parameter completion: Is told on the thread for files how it went.
  package func reload(
    _ completion: @escaping @Sendable (Result<Void, ServiceError>) -> Void = { _ in }
  ) {
    files.perform { [self] in
      do throws(ServiceError) {
        let new = try settings()
        try archive.configure(new.history)
        configuration.withLock { $0 = new }
        status.settle(.configuration)
        recorder.configure(new)
        lexicon.configure(new)
        engine.perform(.configure(new))
        completion(.success(()))
      } catch {
        status.report(error, about: .configuration)
        completion(.failure(error))
      }
    }
  }

  /// Ends what is being said, waits for its text, and stops; a second call finds that done.
  ///
  /// What is not done in time is found by the next daemon.
  ///
  /// - Parameter patience: How long to wait at most, whatever hangs.
  package func end(within patience: Duration) {
    let deadline = ContinuousClock.now + patience
    isEnding.store(true, ordering: .relaxed)
    intake.end()
    status.letGo()?.release()
    let areEnded = [
      engine.end(until: deadline), delivery.end(until: deadline), lexicon.end(until: deadline),
      recorder.end(until: deadline), files.end(until: deadline),
    ]
    isDone.store(areEnded.allSatisfy(\.self), ordering: .relaxed)
  }

  /// Whether all that it does is done since `end`.
  package var hasEnded: Bool { isDone.load(ordering: .relaxed) }
}
