internal import Checkpoint
internal import Recognition
internal import System

/// What the engine's thread has before it: the model, and the work of the moment.
struct EngineLoop {
  var configuration: Configuration
  let engine: Engine
  let status: DaemonStatus
  let messenger: any ClientMessenger
  let archive: Archive
  let lexicon: Lexicon
  let delivery: Delivery
  /// Knows the way out of errors.
  let advice: Advice
  var model: EngineModel?
  /// When the model was last needed.
  private var lastUse = ContinuousClock.now

  init(
    configuration: Configuration, engine: Engine, status: DaemonStatus,
    messenger: any ClientMessenger, archive: Archive, lexicon: Lexicon, delivery: Delivery,
    advice: @escaping Advice
  ) {
    self.configuration = configuration
    self.engine = engine
    self.status = status
    self.messenger = messenger
    self.archive = archive
    self.lexicon = lexicon
    self.delivery = delivery
    self.advice = advice
  }

  /// Works until the engine is to end.
  mutating func run() {
    while true {
      hearDictations()
      if engine.mustEnd { return }
      if let job = engine.nextJob() {
        perform(job)
        lastUse = .now
        continue
      }
      let deadline = unloadTime
      if let deadline, deadline <= .now { unload() } else { engine.rest(until: deadline) }
    }
  }

  /// Hears all dictations that wait.
  mutating func hearDictations() {
    while let recording = engine.nextDictation() {
      hear(recording)
      lastUse = .now
    }
  }

  private mutating func perform(_ job: Engine.Job) {
    // Who left waits for nothing.
    if let client = job.waitingClient, !messenger.isConnected(client) { return }
    engine.beat()
    switch job {
    case .file(let input, let address):
      messenger.reply(
        Result { () throws(ServiceError) in try transcribe(input.file, for: address) }.erased,
        to: address)
    case .recovery(let take): recover(take)
    case .retry(let entry, let take, let address): retry(entry, take, for: address)
    case .load(let address):
      let result = Result { () throws(ServiceError) in
        _ = try loaded()
        return Done()
      }
      if let address {
        messenger.reply(result.erased, to: address)
      } else if case .failure(let error) = result {
        messenger.publish(.error(error))
      }
    case .unload(let address):
      unload()
      messenger.reply(.success(Done()), to: address)
    case .configure(let new):
      if new.model != configuration.model {
        unload()
        if new.model.preload { engine.perform(.load(nil)) }
      }
      configuration = new
    }
  }

  // MARK: - The model

  /// The model, loaded if it is not.
  mutating func loaded() throws(ServiceError) -> EngineModel {
    if let model { return model }
    status.update { $0.isLoading = true }
    do throws(ServiceError) {
      let model = try EngineModel(configuration.model, advice: advice)
      self.model = model
      lexicon.use(model.recognizer.model)
      status.update { status in
        (status.isLoading, status.isLoaded) = (false, true)
        status.problems.end(.model)
      }
      return model
    } catch {
      status.update { status in
        status.isLoading = false
        status.problems.begin(.model, error)
      }
      throw error
    }
  }

  /// Works with the model; where its file was changed meanwhile, once more with the one of now.
  mutating func withModel<Result>(
    _ body: (inout EngineLoop, EngineModel) throws(RecognitionError) -> Result
  ) throws(ServiceError) -> Result {
    let model = try loaded()
    let failure: RecognitionError
    do throws(RecognitionError) { return try body(&self, model) } catch { failure = error }
    let error = ServiceError(failure, advice: advice)
    // Where the new one is no better, the status says so.
    guard forget(after: failure), let model = try? loaded() else { throw error }
    do throws(RecognitionError) { return try body(&self, model) } catch {
      forget(after: error)
      throw ServiceError(error, advice: advice)
    }
  }

  /// Forgets the model where its file was changed, so that the next who needs it loads it anew.
  ///
  /// - Returns: Whether it was.
  @discardableResult mutating func forget(after failure: RecognitionError) -> Bool {
    guard case .checkpoint(.changed) = failure else { return false }
    unload()
    return true
  }

  private var unloadTime: ContinuousClock.Instant? {
    guard model != nil, let limit = configuration.model.idleUnload else { return nil }
    return lastUse + limit
  }

  private mutating func unload() {
    model = nil
    status.update { $0.isLoaded = false }
    returnFreedMemory()
  }
}

/// The answer where there is nothing to say but that it is done.
struct Done: Encodable, Sendable {}

extension Result where Success: Encodable & Sendable {
  /// The same for a messenger.
  var erased: Result<any Encodable & Sendable, Failure> { map { $0 } }
}
