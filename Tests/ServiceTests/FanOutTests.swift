import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct FanOutTests {
  private static func text(_ number: Int) -> FinalText {
    FinalText(
      id: "\(number)", text: String(repeating: "word ", count: 150), raw: "", words: [],
      audioMs: 1, latencyMs: .init(release: 1, features: 1, encoder: 1, decoder: 1, formatting: 1),
      terms: [])
  }

  /// 200 subscribers, 50 of whom never read.
  @Test func slowReadersAreDroppedAndNobodyElseNotices() throws {
    let notifications = 2_000
    try Serving.run(Serving.echo) { serving in
      let sleepers = try (0..<50).map { _ in try serving.subscriber() }
      // What the readers have read; the publisher waits for them where it is far ahead, because
      // on a busy machine they would be slow readers too.
      let read = Monitor(Array(repeating: 0, count: 150))
      let progress = DispatchSemaphore(value: 0)
      let done = DispatchGroup()
      let readers = try (0..<150).map { _ in try serving.subscriber() }
      for (reader, peer) in readers.enumerated() {
        let finish: @Sendable () -> Void = { done.leave() }
        done.enter()
        let number = dup(peer.number)
        let thread = Thread {
          let peer = Peer(FileDescriptor(owning: number))
          for number in 0..<notifications {
            let start =
              #"{"jsonrpc":"2.0","method":"final","params":{"audio_ms":1,"id":"\#(number)""#
            if peer.line()?.hasPrefix(start) != true { Issue.record("\(reader): no \(number)") }
            guard number % 100 == 99 else { continue }
            read.withLock { $0[reader] = number + 1 }
            progress.signal()
          }
          finish()
        }
        thread.stackSize = 1 << 19
        thread.start()
      }
      for number in 0..<notifications {
        serving.server.publish(.final(Self.text(number)))
        while read.withLock({ $0.min() ?? 0 }) < number - 400 { progress.wait() }
      }
      done.wait()
      #expect(withExtendedLifetime(readers) { serving.server.clients } == 150)
      for peer in sleepers {
        var last: String?
        var (lines, bytes) = (0, 0)
        while let line = peer.line() {
          (last, lines, bytes) = (line, lines + 1, bytes + line.utf8.count)
        }
        #expect(lines > 0 && lines < notifications)
        // What was kept for it, a mebibyte at most, and what the system keeps in a socket.
        #expect(bytes < 5 << 18)
        #expect(last?.contains(#""code":-32006"#) == true)
      }
    }
  }

  /// Partials and levels go first, and the rest stays in order.
  @Test func whatIsExpendableGoesFirst() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try serving.subscriber(#""final","partial""#)
      let padding = String(repeating: "x", count: 10_000)
      for number in 0..<300 {
        serving.server.publish(.partial(settled: padding, pending: "\(number)"))
        if number % 10 == 0 { serving.server.publish(.final(Self.text(number))) }
      }
      var finals: [Int] = []
      var partials: [Int] = []
      while finals.last != 290 {
        let object = try #require(try peer.object())
        let values = try #require(object["params"] as? [String: Any])
        if let pending = values["pending"] as? String {
          partials.append(try #require(Int(pending)))
        } else {
          finals.append(try #require((values["id"] as? String).flatMap { Int($0) }))
        }
      }
      #expect(finals == Array(stride(from: 0, to: 300, by: 10)))
      #expect(partials == partials.sorted())
      #expect(partials.count < 290)
      #expect(serving.server.clients == 1)
    }
  }

  /// A text is as long as it is, and everybody who reads gets it.
  @Test func aVeryLongTextArrives() throws {
    try Serving.run(Serving.echo) { serving in
      let peers = try (0..<3).map { _ in try serving.subscriber() }
      var text = Self.text(7)
      text.text = String(repeating: "word ", count: 1 << 20)
      serving.server.publish(.final(text))
      serving.server.publish(.state(.idle))
      for peer in peers {
        #expect(try #require(peer.line()).utf8.count > 5 << 20)
        #expect(peer.line()?.contains("idle") == true)
      }
    }
  }
}
