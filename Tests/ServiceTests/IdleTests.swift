import Foundation
import Service
import ServiceTestSupport
import TestSupport
import Testing

/// What the server's thread costs while nothing happens.
@Suite(.timeLimit(.minutes(3))) struct IdleTests {
  /// Answers with how often the server's thread went to sleep so far.
  private static let sleeps: Serving.Script = { server, _, address, _ in
    let status = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
    let count = line?.split(separator: "\t").last.flatMap { Int($0) }
    server.reply(.success(count ?? -1), to: address)
  }

  @Test(.enabled(if: !isSanitized)) func nothingWakesIt() throws {
    try Serving.run(Self.sleeps) { serving in
      let peers = try (0..<5).map { _ in try serving.subscriber() }
      // One that half closed its connection, and one whose line does not end.
      peers[0].finish()
      peers[1].send([0x7B])
      let client = try DaemonClient(SocketPath(serving.path))
      let before = try client.call(.status, as: Int.self)
      #expect(before >= 0)
      Thread.sleep(forTimeInterval: 0.5)
      let after = try withExtendedLifetime(peers) { try client.call(.status, as: Int.self) }
      // A few for the requests themselves.
      #expect(after - before <= 8)
    }
  }
}
