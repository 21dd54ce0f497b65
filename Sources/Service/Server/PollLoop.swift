internal import Glibc
internal import System

/// What the server's thread does: waits for something to happen on a socket, and does it.
struct PollLoop {
  typealias Handler = (Request, ReplyAddress, consuming FileDescriptor?) -> Void

  /// Bytes read or sent at once for one client, so that the others get their turn.
  private static let portion = 1 << 16
  /// Lines of one client understood at once, for the same reason.
  private static let turn = 8
  /// Clients accepted at once.
  private static let welcome = 64
  /// How long no client is accepted where the system has no descriptor for it.
  private static let acceptPause: Duration = .milliseconds(200)
  /// How long the outboxes are emptied at the end.
  private static let farewell: Duration = .milliseconds(500)

  private let server: SocketServer
  private let listener: ListeningSocket
  private var connections: [Connection] = []
  private var accepted = 0
  private var acceptAgain: SuspendingClock.Instant?
  private var buffer = [UInt8](repeating: 0, count: portion)

  init(server: SocketServer, listener: ListeningSocket) {
    self.server = server
    self.listener = listener
  }

  /// Runs until the server is told to stop, and says goodbye.
  mutating func run(
    tick: Duration?, onTick: () -> Void, onLeave: (Int) -> Void, handler: Handler
  ) {
    let clock = SuspendingClock()
    var next = tick.map { clock.now + $0 }
    while !server.isStopping {
      if let tick, let due = next, clock.now >= due {
        next = clock.now + tick
        onTick()
      }
      if let pause = acceptAgain, clock.now >= pause { acceptAgain = nil }
      // In this order: sending may let a client ask again, and what is answered here rings.
      for index in connections.indices { deliver(index) }
      for index in connections.indices { understand(index, handler) }
      closeFinished(onLeave)
      wait(until: [next, acceptAgain].compactMap { $0 }.min(), accepting: acceptAgain == nil)
    }
    let end = clock.now + Self.farewell
    while clock.now < end {
      for index in connections.indices {
        deliver(index)
        if connections[index].isGone { connections[index].isOver = true }
      }
      closeFinished()
      if !connections.contains(where: \.isSending), server.withClients(\.isServed) { break }
      wait(until: end, accepting: false, reading: false)
    }
    connections = []
  }

  /// Sleeps until something can be done, and reads and accepts.
  private mutating func wait(
    until: SuspendingClock.Instant?, accepting: Bool, reading: Bool = true
  ) {
    var isUrgent = false
    var polled = [pollfd(fd: server.waker.number, events: Int16(POLLIN), revents: 0)]
    polled.append(pollfd(fd: accepting ? listener.number : -1, events: Int16(POLLIN), revents: 0))
    server.withClients { clients in
      for connection in connections {
        var events: Int32 = 0
        if reading, mayAsk(connection, clients) {
          if connection.lines.hasLine {
            isUrgent = true
          } else if !connection.hasEnded {
            events |= POLLIN
          }
        }
        if connection.isSending || clients.hasMail(connection.client) { events |= POLLOUT }
        polled.append(pollfd(fd: connection.number, events: Int16(events), revents: 0))
      }
    }
    let limit = isUrgent ? 0 : Self.milliseconds(until)
    guard poll(&polled, nfds_t(polled.count), limit) > 0 else { return }
    if polled[0].revents != 0 {
      server.waker.reset()
      server.rest()
    }
    for (index, result) in polled[2...].enumerated() where result.revents != 0 {
      let hasLeft = Int32(result.revents) & (POLLHUP | POLLERR) != 0
      if hasLeft { connections[index].isGone = true }
      if reading, hasLeft || Int32(result.revents) & POLLIN != 0 { receive(index) }
    }
    if polled[1].revents != 0 { accept() }
  }

  /// Milliseconds until a time, rounded up so that it has come then; -1 for ever.
  private static func milliseconds(_ until: SuspendingClock.Instant?) -> Int32 {
    guard let until else { return -1 }
    let (seconds, attoseconds) = (until - SuspendingClock().now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1)
  }

  /// Whether a client's next line may be understood: it reads its answers, or it wants none.
  private func mayAsk(_ connection: Connection, _ clients: ConnectedClients) -> Bool {
    connection.isGone || !connection.isBehind && clients.mayAsk(connection.client)
  }

  private mutating func accept() {
    for _ in 0..<Self.welcome {
      do throws(Errno) {
        let socket = try listener.accept()
        guard socket.peer == geteuid() else {
          turnAway(socket)
          continue
        }
        accepted += 1
        connections.append(Connection(client: accepted, socket))
      } catch {
        switch error.code {
        case ECONNABORTED: continue
        case EAGAIN: return
        default:
          // Out of descriptors or memory. The client waits; asking again at once would be in vain.
          acceptAgain = SuspendingClock().now + Self.acceptPause
          return
        }
      }
      let client = accepted
      server.withClients { $0.join(client) }
    }
  }

  /// Tells the process of another user why it is not served.
  private func turnAway(_ socket: consuming UnixSocket) {
    let user = socket.peer.map { " \($0)" } ?? ""
    let error = ServiceError(
      code: .foreign, message: "the daemon serves user \(geteuid()) alone, not user\(user)")
    let line = Wire.line(.failure(ServiceError(error, advice: server.advice)), to: .null)
    // One line always has room in a new socket.
    _ = try? line?.withUnsafeBytes { try socket.send($0, isWaiting: false) }
  }

  /// Reads what a client sent; all that it ever will where it is gone.
  private mutating func receive(_ index: Int) {
    buffer.withUnsafeMutableBytes { buffer in
      repeat {
        switch connections[index].receive(into: buffer) {
        case .done: break
        case .blocked, .ended: return
        case .broken:
          connections[index].isGone = true
          connections[index].hasEnded = true
        }
      } while connections[index].isGone && !connections[index].hasEnded
    }
  }

  /// Does what the lines of a client say, as far as it may ask now.
  private mutating func understand(_ index: Int, _ handler: Handler) {
    let client = connections[index].client
    for _ in 0..<Self.turn {
      guard server.withClients({ mayAsk(connections[index], $0) }),
        let line = connections[index].lines.next()
      else { break }
      switch line {
      case .tooLong:
        refuse(IncomingRequest.tooLong(limit: Wire.lineLimit), to: client, id: .null)
      case .bytes(let bytes):
        let incoming = IncomingRequest(line: bytes)
        switch incoming.request {
        case .failure(let error): refuse(error, to: client, id: incoming.id)
        case .success(let request): pass(request, id: incoming.id, of: index, handler)
        }
      }
      connections[index].forgetDescriptor()
    }
    if connections[index].isGone, !connections[index].lines.hasLine {
      connections[index].isOver = true
    }
  }

  private mutating func pass(
    _ request: Request, id: RequestID?, of index: Int, _ handler: Handler
  ) {
    let client = connections[index].client
    var descriptor: FileDescriptor?
    if request == .transcribe(path: nil) {
      descriptor = connections[index].takeDescriptor()
      guard descriptor != nil else {
        let error = ServiceError(
          code: .parameters, message: "transcribe: nothing to transcribe",
          hint: "give a path, or pass a descriptor")
        refuse(error, to: client, id: id)
        return
      }
    }
    // An answer that may be long is to be read before the client gets another one.
    let weight = request.mayHaveLongAnswer ? ConnectedClients.requestLimit : 1
    let address = ReplyAddress(client: client, id: id, weight: weight)
    server.withClients { $0.ask(address) }
    handler(request, address, descriptor)
  }

  private func refuse(_ error: ServiceError, to client: Int, id: RequestID?) {
    let address = ReplyAddress(client: client, id: id)
    server.withClients { $0.ask(address) }
    server.reply(.failure(error), to: address)
  }

  /// Sends what there is for a client, a portion of it at most.
  private mutating func deliver(_ index: Int) {
    let client = connections[index].client
    if server.withClients({ $0.isOverrun(client) }) {
      let error = ServiceError(
        code: .slowReader, message: "client: did not read what it was sent",
        hint: "connect again, and read faster or subscribe to less")
      if let line = Wire.line(.error(error)) { connections[index].sendLast(line) }
      depart(index)
      return
    }
    if !connections[index].isSending {
      let messages = server.withClients { $0.take(for: client, upTo: Self.portion) }
      guard !messages.isEmpty else { return }
      connections[index].send(messages)
    }
    if case .broken = connections[index].flush() { depart(index) }
  }

  /// A client is not to be sent any more, but what it said before still counts.
  private mutating func depart(_ index: Int) {
    connections[index].isGone = true
    receive(index)
  }

  private mutating func closeFinished(_ onLeave: (Int) -> Void = { _ in }) {
    for index in connections.indices where connections[index].isOver {
      let client = connections[index].client
      server.withClients { $0.leave(client) }
      onLeave(client)
    }
    connections.removeAll(where: \.isOver)
  }
}
