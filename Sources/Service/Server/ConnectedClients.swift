/// Who is connected, what each one wants to hear, and what each one is still to be sent.
struct ConnectedClients {
  /// Requests of one client that may be under way at a time.
  static let requestLimit = 16

  fileprivate struct Client {
    var topics: Set<Topic> = []
    var outbox = Outbox()
    /// Requests that are not answered yet, by their weight.
    var requests = 0
    var isOverrun = false
  }

  private var clients: [Int: Client] = [:]
  /// What the daemon does, as it said last.
  private var state: DaemonState?

  /// Whether a client is connected.
  func contains(_ client: Int) -> Bool { clients[client] != nil }

  /// Clients that are connected.
  var count: Int { clients.count }

  /// Whether every outbox is empty.
  var isServed: Bool { clients.values.allSatisfy(\.outbox.isEmpty) }

  /// A client connected.
  mutating func join(_ client: Int) { clients[client] = Client() }

  /// A client is gone.
  mutating func leave(_ client: Int) { clients[client] = nil }

  /// Everybody is gone.
  mutating func dismiss() { clients = [:] }

  /// Whether anybody wants to hear of a topic.
  func wants(_ topic: Topic) -> Bool { clients.values.contains { $0.topics.contains(topic) } }

  /// How many want to hear of a topic.
  func subscribers(of topic: Topic) -> Int {
    clients.values.count { $0.topics.contains(topic) }
  }

  /// Remembers what the daemon does, for those who come later.
  mutating func remember(_ state: DaemonState) { self.state = state }

  /// A client wants to hear of these topics.
  ///
  /// - Returns: The state to begin with, where it asked for it and there is one.
  mutating func subscribe(_ client: Int, to topics: Set<Topic>) -> DaemonState? {
    clients[client]?.topics = topics
    return topics.contains(.state) ? state : nil
  }

  /// A notification goes to all who want it.
  mutating func publish(_ message: Outbox.Message, on topic: Topic) {
    for index in clients.values.indices where clients.values[index].topics.contains(topic) {
      clients.values[index].add(message)
    }
  }

  /// A message goes to one client.
  mutating func send(_ message: Outbox.Message, to client: Int) {
    clients[client]?.add(message)
  }

  /// A client asked something that will be answered.
  mutating func ask(_ address: ReplyAddress) {
    clients[address.client]?.requests += address.weight
  }

  /// It was answered.
  mutating func answer(_ address: ReplyAddress) {
    clients[address.client]?.requests -= address.weight
  }

  /// Whether a client may ask more: it reads its answers, and has not asked too much at once.
  func mayAsk(_ client: Int) -> Bool {
    guard let client = clients[client] else { return false }
    return client.requests < Self.requestLimit && !client.outbox.isBehind && !client.isOverrun
  }

  /// Whether a client did not read what it was sent, and is to be dropped.
  func isOverrun(_ client: Int) -> Bool { clients[client]?.isOverrun ?? false }

  /// Whether there is something to send to a client.
  func hasMail(_ client: Int) -> Bool { clients[client]?.outbox.isEmpty == false }

  /// What to send to a client: the first message, and more up to so many bytes.
  mutating func take(for client: Int, upTo bytes: Int) -> [Outbox.Message] {
    clients[client]?.outbox.take(bytes) ?? []
  }
}

extension ConnectedClients.Client {
  fileprivate mutating func add(_ message: Outbox.Message) {
    guard !isOverrun, !outbox.append(message) else { return }
    isOverrun = true
    // Nothing of it will be sent any more.
    outbox = Outbox()
    topics = []
  }
}
