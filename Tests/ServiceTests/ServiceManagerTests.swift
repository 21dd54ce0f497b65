import Foundation
import Service
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ServiceManagerTests {
  /// What arrives at a datagram socket while a body runs; @ stands for a name in no directory.
  private static func datagrams(at name: String, _ body: () -> Void) throws -> [String] {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      path.copyBytes(from: name.utf8)
      if name.hasPrefix("@") { path[0] = 0 }
    }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count)
    let result = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(result == 0)
    body()
    var messages: [String] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return messages }
      messages.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }

  private static func manager(_ variables: [String: String]) -> ServiceManager {
    ServiceManager(environment: { variables[$0] })
  }

  @Test func itIsToldHowTheDaemonDoes() throws {
    try withTemporaryFolder { folder in
      for name in [folder.appending(path: "n").path, "@utter-\(UUID().uuidString)"] {
        let manager = Self.manager(["NOTIFY_SOCKET": name])
        let messages = try Self.datagrams(at: name) {
          manager.isReady()
          manager.status("recording\nfor 3 s")
          manager.isAlive()
          manager.isStopping()
        }
        #expect(messages == ["READY=1", "STATUS=recording for 3 s", "WATCHDOG=1", "STOPPING=1"])
      }
    }
  }

  /// A datagram that finds no room would hold the engine until somebody reads.
  @Test func whoDoesNotReadHoldsNobody() throws {
    let name = "@utter-\(UUID().uuidString)"
    let messages = try Self.datagrams(at: name) {
      for index in 0..<2_000 { Self.manager(["NOTIFY_SOCKET": name]).status("\(index)") }
    }
    #expect(messages.first == "STATUS=0" && messages.count < 2_000)
  }

  @Test func nobodyListensAndThatIsFine() {
    for name in ["", "@", "/no/where", String(repeating: "x", count: 200)] {
      Self.manager(["NOTIFY_SOCKET": name]).isReady()
    }
    Self.manager([:]).isReady()
  }

  @Test func theWatchdogIsFedInHalfItsTime() {
    let period = ["WATCHDOG_USEC": "30000000"]
    #expect(Self.manager(period).watchdogInterval == .seconds(15))
    let own = period.merging(["WATCHDOG_PID": "\(getpid())"]) { $1 }
    #expect(Self.manager(own).watchdogInterval == .seconds(15))
    #expect(Self.manager(period.merging(["WATCHDOG_PID": "1"]) { $1 }).watchdogInterval == nil)
    for value in ["", "0", "-5", "x", "99999999999999999999"] {
      #expect(Self.manager(["WATCHDOG_USEC": value]).watchdogInterval == nil)
    }
    #expect(Self.manager([:]).watchdogInterval == nil)
  }
}
