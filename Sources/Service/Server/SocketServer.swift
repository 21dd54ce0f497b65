package import System

/// The daemon's socket: requests in, answers and notifications out.
///
/// One thread does all that touches a socket. `publish` and `reply` only put a line into the
/// outboxes, so that no client can hold up the engine; a client that does not read loses partials
/// and levels first, and is then dropped with an error.
package final class SocketServer: ClientMessenger {
  private struct Shared {
    var clients = ConnectedClients()
    /// Whether the thread has been told to look.
    var isAwake = false
    var isStopping = false
  }

  private let listener: ListeningSocket
  /// Readable when there is something to send.
  let waker: Waker
  private let version: String
  let advice: Advice
  private let shared = Monitor(Shared())

  /// A server that nobody is connected to yet.
  ///
  /// - Parameters:
  ///   - listener: Where clients connect; closed at the end of `run`.
  ///   - version: The program's, which `hello` tells.
  ///   - advice: Knows the way out of those errors that come without one.
  /// - Throws: Where the system gives no descriptor.
  package init(
    listener: ListeningSocket, version: String, advice: @escaping Advice = { _ in nil }
  ) throws(SocketError) {
    do throws(Errno) {
      waker = try Waker()
    } catch {
      throw SocketError(listener.path, .system(error))
    }
    self.listener = listener
    self.version = version
    self.advice = advice
  }

  /// Serves on the calling thread until `stop` is called.
  ///
  /// To be called once, for the listener is closed at the end.
  ///
  /// `hello` and `subscribe` are answered here. Any other request is handed over, and must be
  /// answered by one `reply` sooner or later, whether it bears an id or not, because a client
  /// may only have a few requests under way.
  ///
  /// - Parameters:
  ///   - tick: Time between two calls of `onTick`; nil for none, and then nothing wakes the thread
  ///     but its clients.
  ///   - onTick: Called on this thread, for the first time after one `tick`.
  ///   - onLeave: Called on this thread with the number of a client that is gone, after all that it
  ///     said before.
  ///   - handler: Called on this thread with a request, where its answer goes, and for
  ///     `transcribe` without a path the descriptor that came with it. It must not block.
  package func run(
    tick: Duration? = nil, onTick: () -> Void = {}, onLeave: (Int) -> Void = { _ in },
    handler: (Request, ReplyAddress, consuming FileDescriptor?) -> Void
  ) {
    withoutActuallyEscaping(handler) { handler in
      var loop = PollLoop(server: self, listener: listener)
      loop.run(tick: tick, onTick: onTick, onLeave: onLeave) {
        [self] request, address, descriptor in
        take(request, address, descriptor, handler)
      }
    }
    listener.end()
    withClients { $0.dismiss() }
  }

  /// Ends `run`, from any thread; what is in the outboxes is sent for half a second.
  package func stop() {
    shared.withLock { $0.isStopping = true }
    ring()
  }

  /// Sends a notification to all who subscribed to its topic.
  package func publish(_ notification: Notification) {
    let topic = notification.topic
    guard topic == .state || isWanted(topic), let bytes = Wire.line(advised(notification)) else {
      return
    }
    withClients { clients in
      // In one step: whoever comes now is told it once, before or after.
      if case .state(let state) = notification { clients.remember(state) }
      clients.publish(Outbox.Message(bytes: bytes, topic: topic), on: topic)
    }
    ring()
  }

  /// Answers a request, if its client is still there and wants an answer.
  package func reply(
    _ answer: Result<any Encodable & Sendable, ServiceError>, to address: ReplyAddress
  ) {
    reply(answer, to: address) { _ in }
  }

  /// Answers a request, and does something with the clients before anything else reaches them.
  private func reply(
    _ answer: Result<any Encodable & Sendable, ServiceError>, to address: ReplyAddress,
    _ next: (inout ConnectedClients) -> Void
  ) {
    let bytes = address.id.flatMap { id in
      Wire.line(answer.mapError { ServiceError($0, advice: advice) }, to: id)
    }
    withClients { clients in
      clients.answer(address)
      if let bytes {
        clients.send(Outbox.Message(bytes: bytes, topic: nil), to: address.client)
      }
      next(&clients)
    }
    ring()
  }

  /// Whether anybody subscribed to a topic.
  package func isWanted(_ topic: Topic) -> Bool { withClients { $0.wants(topic) } }

  /// Clients that subscribed to a topic.
  package func subscribers(of topic: Topic) -> Int { withClients { $0.subscribers(of: topic) } }

  /// Whether a client is still there.
  package func isConnected(_ client: Int) -> Bool { withClients { $0.contains(client) } }

  /// Clients that are connected.
  package var clients: Int { withClients(\.count) }

  /// Whether `stop` was called.
  var isStopping: Bool { shared.withLock(\.isStopping) }

  /// Does something with the clients while nobody else does.
  func withClients<Result: Sendable>(_ body: (inout ConnectedClients) -> Result) -> Result {
    shared.withLock { body(&$0.clients) }
  }

  /// The thread looked: from now on it wants to be told again.
  func rest() { shared.withLock { $0.isAwake = false } }

  /// An error with the way out.
  private func advised(_ notification: Notification) -> Notification {
    if case .error(let error) = notification {
      .error(ServiceError(error, advice: advice))
    } else {
      notification
    }
  }

  private func ring() {
    let isNews = shared.withLock { shared in
      defer { shared.isAwake = true }
      return !shared.isAwake
    }
    if isNews { waker.wake() }
  }

  private func take(
    _ request: Request, _ address: ReplyAddress, _ descriptor: consuming FileDescriptor?,
    _ handler: PollLoop.Handler
  ) {
    switch request {
    case .hello(let asked):
      reply(greeting(asked), to: address)
    case .subscribe(let topics):
      let names = Topic.allCases.filter(topics.contains)
      reply(.success(["events": names]), to: address) { clients in
        let state = clients.subscribe(address.client, to: topics)
        guard let state, let bytes = Wire.line(.state(state)) else { return }
        clients.send(Outbox.Message(bytes: bytes, topic: .state), to: address.client)
      }
    default:
      handler(request, address, descriptor)
    }
  }

  private func greeting(_ asked: Int) -> Result<any Encodable & Sendable, ServiceError> {
    struct Greeting: Encodable {
      let `protocol` = Wire.version
      let version: String
    }
    guard asked == Wire.version else {
      return .failure(
        ServiceError(
          code: .parameters, message: "hello: protocol \(asked): not spoken here",
          hint: "this is utter \(version), which speaks protocol \(Wire.version)"))
    }
    return .success(Greeting(version: version))
  }
}
