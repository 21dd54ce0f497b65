import Foundation
package import Service
package import System
import TestSupport

/// A server on a socket of its own, with a script for an engine.
package final class Serving {
  package typealias Script =
    @Sendable (SocketServer, Request, ReplyAddress, consuming FileDescriptor?) -> Void

  package let server: SocketServer
  package let path: String
  private let thread: Thread
  private let isOver = DispatchSemaphore(value: 0)

  /// Runs a body with a server, and stops the server.
  package static func run(
    tick: Duration? = nil, onTick: @escaping @Sendable () -> Void = {},
    advice: @escaping Advice = { _ in nil }, _ script: @escaping Script,
    _ body: (Serving) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let serving = try Serving(
        SocketPath(folder.appending(path: "s").path), tick: tick, onTick: onTick,
        advice: advice, script)
      defer { serving.stop() }
      try body(serving)
    }
  }

  /// Answers everything with the request's description.
  package static let echo: Script = { server, request, address, _ in
    server.reply(.success("\(request)"), to: address)
  }

  package init(
    _ place: SocketPath, tick: Duration? = nil, onTick: @escaping @Sendable () -> Void = {},
    advice: @escaping Advice = { _ in nil }, _ script: @escaping Script
  ) throws {
    path = place.path
    let server = try SocketServer(listener: ListeningSocket(place), version: "9.9", advice: advice)
    self.server = server
    thread = Thread { [isOver] in
      server.run(tick: tick, onTick: onTick) { script(server, $0, $1, $2) }
      isOver.signal()
    }
    thread.start()
  }

  /// Stops, and waits for the end.
  package func stop() {
    server.stop()
    isOver.wait()
    isOver.signal()
  }

  /// Connects, and returns when the server knows of it and of what it wants to hear.
  package func subscriber(_ events: String? = nil) throws -> Peer {
    let peer = try Peer(path)
    let params = events.map { #","params":{"events":[\#($0)]}"# } ?? ""
    _ = try peer.ask(#"{"jsonrpc":"2.0","id":0,"method":"subscribe"\#(params)}"#)
    return peer
  }
}
