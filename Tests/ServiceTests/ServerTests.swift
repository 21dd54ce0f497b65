import Foundation
import Service
import ServiceTestSupport
import Synchronization
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ServerTests {
  private static func line(_ method: String, id: String = "1", _ params: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
  }

  @Test func helloTellsTheVersions() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try Peer(serving.path)
      let answer = try peer.ask(Self.line("hello", #"{"protocol":1}"#))
      let result = try #require(answer["result"] as? [String: Any])
      #expect(result["protocol"] as? Int == 1 && result["version"] as? String == "9.9")
      #expect(try peer.errorCode(Self.line("hello", #"{"protocol":2}"#)) == -32602)
      #expect(try peer.errorCode(Self.line("hello")) == -32602)
    }
  }

  @Test func requestsAreHandedOverAndAnswered() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try Peer(serving.path)
      for id in ["1", #""a""#, "null", "-7", "1.5", "9007199254740993"] {
        peer.send(Self.line("status", id: id))
        #expect(peer.line() == #"{"id":\#(id),"jsonrpc":"2.0","result":"status"}"#)
      }
    }
  }

  @Test func aBadLineGetsOneErrorAndTheConnectionLives() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try Peer(serving.path)
      let bad: [(String, Int)] = [
        ("{", -32700), ("", -32700), ("[]", -32600), ("[\(Self.line("status"))]", -32600),
        ("1", -32600), ("null", -32600), (#"{"jsonrpc":"2.0","id":{},"method":"status"}"#, -32600),
        (#"{"id":1,"method":"status"}"#, -32600), (#"{"jsonrpc":"2.0","id":1}"#, -32600),
        (#"{"jsonrpc":"2.0","method":7}"#, -32600), (Self.line("vocabulary.list"), -32601),
        (Self.line("subscribe", #"{"events":["nothing"]}"#), -32602),
        (Self.line("subscribe", "[]"), -32602), (Self.line("transcribe"), -32602),
        (Self.line("transcribe", #"{"path":"a.wav"}"#), -32602),
        (Self.line("record.start", #"{"mode":"press"}"#), -32602),
        (Self.line("record.start", #"{"vocabulary":"x"}"#), -32602),
        (Self.line("history.list", #"{"limit":-1}"#), -32602),
        (String(repeating: "[", count: 100_000), -32700),
      ]
      for (line, code) in bad { #expect(try peer.errorCode(line) == code, "\(line.prefix(80))") }
      peer.send([0xFF, 0x0A])
      #expect((try peer.object()?["error"] as? [String: Any])?["code"] as? Int == -32700)
      #expect(try peer.ask(Self.line("status"))["result"] as? String == "status")
      // Without an id only what is no request gets an answer.
      peer.send(#"{"jsonrpc":"2.0","method":"status"}"#)
      peer.send(#"{"jsonrpc":"2.0","method":"nothing"}"#)
      peer.send(#"{"jsonrpc":"2.0","method":"transcribe"}"#)
      #expect(try peer.ask(Self.line("status", id: "2"))["id"] as? Int == 2)
    }
  }

  /// Clients get the way out of an error that has none of its own.
  @Test func errorsComeWithAdvice() throws {
    let script: Serving.Script = { server, request, address, _ in
      let hint = request == .reload ? "own" : nil
      server.reply(
        .failure(ServiceError(code: .failed, message: "m", hint: hint)), to: address)
    }
    let advice: Advice = { ($0 as? ServiceError)?.code == .slowReader ? nil : "advice" }
    try Serving.run(advice: advice, script) { serving in
      let peer = try serving.subscriber(#""error""#)
      func hint(_ line: String) throws -> String? {
        let error = try #require(try peer.ask(line)["error"] as? [String: Any])
        return (error["data"] as? [String: String])?["hint"]
      }
      #expect(try hint(Self.line("status")) == "advice")
      #expect(try hint(Self.line("reload")) == "own")
      #expect(try hint(Self.line("nothing")) == "advice")
      for (code, hint) in [(ServiceError.Code.model, #""hint":"advice","#), (.slowReader, "")] {
        serving.server.publish(.error(ServiceError(code: code, message: "m")))
        let params = #"{"code":\#(code.rawValue),\#(hint)"message":"m"}"#
        #expect(peer.line() == #"{"jsonrpc":"2.0","method":"error","params":\#(params)}"#)
      }
    }
  }

  @Test func aLineOverTheLimitIsSkipped() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try Peer(serving.path)
      peer.send([UInt8](repeating: 0x20, count: Wire.lineLimit + 1))
      // Before its end comes.
      let answer = try #require(try peer.object())
      #expect((answer["error"] as? [String: Any])?["code"] as? Int == -32600)
      #expect(answer["id"] is NSNull)
      peer.send([UInt8](repeating: 0x20, count: 3 * Wire.lineLimit) + [0x0A])
      #expect(try peer.ask(Self.line("status"))["result"] as? String == "status")
      let longest = Self.line("status")
      let padding = String(repeating: " ", count: Wire.lineLimit - longest.utf8.count)
      #expect(try peer.ask(longest + padding)["result"] as? String == "status")
      #expect(try peer.errorCode(longest + padding + " ") == -32600)
    }
  }

  @Test func whatIsAskedBeforeTheEndIsDoneAndAnswered() throws {
    let asked = DispatchSemaphore(value: 0)
    let script: Serving.Script = { server, request, address, _ in
      #expect(request == .cancelRecording())
      server.reply(.success(true), to: address)
      asked.signal()
    }
    try Serving.run(script) { serving in
      let peer = try Peer(serving.path)
      peer.send(Array(Self.line("record.cancel").utf8))
      peer.finish()
      #expect(try peer.object()?["result"] as? Bool == true)
      asked.wait()
      // One who does not wait for the answers is heard too.
      do {
        let hasty = try Peer(serving.path)
        for _ in 0..<100 { hasty.send(Self.line("record.cancel")) }
      }
      for _ in 0..<100 { asked.wait() }
    }
  }

  @Test func subscribersHearWhatTheyWant() throws {
    try Serving.run(Serving.echo) { serving in
      let server = serving.server
      let most = try serving.subscriber()
      let levels = try serving.subscriber(#""level""#)
      #expect(server.clients == 2)
      #expect(server.isWanted(.level) && server.isWanted(.partial))
      server.publish(.state(.recording))
      server.publish(.level(rms: 0.5, peak: 1))
      server.publish(.partial(settled: "a", pending: "b"))
      server.publish(.error(ServiceError(code: .microphone, message: "m", hint: "h")))
      #expect(most.line() == #"{"jsonrpc":"2.0","method":"state","params":{"state":"recording"}}"#)
      #expect(
        most.line()
          == #"{"jsonrpc":"2.0","method":"partial","params":{"pending":"b","settled":"a"}}"#)
      #expect(
        most.line()
          == #"{"jsonrpc":"2.0","method":"error","#
          + #""params":{"code":-32002,"hint":"h","message":"m"}}"#
      )
      #expect(
        levels.line() == #"{"jsonrpc":"2.0","method":"level","params":{"peak":1,"rms":0.5}}"#)
      // Who comes late learns the state at once.
      let late = try serving.subscriber(#""state""#)
      #expect(late.line() == #"{"jsonrpc":"2.0","method":"state","params":{"state":"recording"}}"#)
      // A new subscription replaces the old one.
      let answer = try levels.ask(Self.line("subscribe", #"{"events":[]}"#))
      #expect((answer["result"] as? [String: [String]])?["events"] == [])
      #expect(!server.isWanted(.level))
    }
  }

  /// Who subscribes while the state changes is told no older one after a newer one.
  @Test func theLastStateIsTheOneThatIsTrue() throws {
    try Serving.run(Serving.echo) { serving in
      let server = serving.server
      let subscribers = 100
      let begins = DispatchSemaphore(value: 0)
      let hasEnded = DispatchSemaphore(value: 0)
      let changes = Thread {
        // As many states in all as wait for a client that reads them at the end.
        for _ in 0..<subscribers {
          begins.wait()
          for _ in 0..<15 {
            server.publish(.state(.recording))
            server.publish(.state(.transcribing))
          }
        }
        // Nobody is told of an error from before.
        begins.wait()
        server.publish(.state(.idle))
        server.publish(.error(ServiceError(code: .microphone, message: "m")))
        hasEnded.signal()
      }
      changes.start()
      let peers = try (0..<subscribers).map { _ in
        begins.signal()
        return try serving.subscriber(#""state","error""#)
      }
      begins.signal()
      hasEnded.wait()
      for peer in peers {
        var lines: [String] = []
        while let line = peer.line(), !line.contains(#""method":"error""#) { lines.append(line) }
        #expect(lines.last?.contains(#""state":"idle""#) == true)
      }
    }
  }

  @Test func pipelinedRequestsOfOneWhoDoesNotReadWait() throws {
    let answer = String(repeating: "x", count: 1 << 16)
    let asked = Atomic(0)
    let script: Serving.Script = { server, _, address, _ in
      asked.add(1, ordering: .relaxed)
      server.reply(.success(answer), to: address)
    }
    try Serving.run(script) { serving in
      let peer = try Peer(serving.path)
      let lines = Array((0..<1_000).map { Self.line("status", id: "\($0)") + "\n" }.joined().utf8)
      #expect(peer.send(lines))
      // Another client is served meanwhile, and the first one gets all when it reads.
      let other = try Peer(serving.path)
      #expect(try other.ask(Self.line("status"))["id"] as? Int == 1)
      #expect(asked.load(ordering: .relaxed) < 100)
      for id in 0..<1_000 { #expect(try peer.object()?["id"] as? Int == id) }
    }
  }

  @Test func aClientHasFewRequestsUnderWay() throws {
    let waiting = Monitor<[ReplyAddress]>([])
    let asked = DispatchSemaphore(value: 0)
    let script: Serving.Script = { _, _, address, _ in
      waiting.withLock { $0.append(address) }
      asked.signal()
    }
    try Serving.run(script) { serving in
      let peer = try Peer(serving.path)
      peer.send((0..<200).map { Self.line("status", id: "\($0)") }.joined(separator: "\n"))
      for _ in 0..<200 {
        asked.wait()
        let (address, count) = waiting.withLock { ($0.removeFirst(), $0.count) }
        #expect(count < 16)
        serving.server.reply(.success(1), to: address)
      }
      for id in 0..<200 { #expect(try peer.object()?["id"] as? Int == id) }
    }
  }

  /// Long answers pile up at nobody who does not read them.
  @Test func aClientHasOneLongAnswerUnderWay() throws {
    let waiting = Monitor<[ReplyAddress]>([])
    let asked = DispatchSemaphore(value: 0)
    let script: Serving.Script = { server, request, address, _ in
      guard case .listHistory = request else {
        return server.reply(.success("\(request)"), to: address)
      }
      waiting.withLock { $0.append(address) }
      asked.signal()
    }
    try Serving.run(script) { serving in
      let peer = try Peer(serving.path)
      let other = try Peer(serving.path)
      let lists = (0..<3).map { Self.line("history.list", id: "\($0)") }
      peer.send((lists + [Self.line("status", id: "3")]).joined(separator: "\n"))
      for id in 0..<3 {
        asked.wait()
        let address = waiting.withLock { $0.removeFirst() }
        serving.server.reply(.success(String(repeating: "x", count: 1 << 22)), to: address)
        // Nothing more is asked for it before it has read that, while others are served.
        for _ in 0..<5 { #expect(try other.ask(Self.line("status"))["id"] as? Int == 1) }
        #expect(waiting.withLock(\.count) == 0)
        #expect(try peer.object()?["id"] as? Int == id)
      }
      #expect(try peer.object()?["id"] as? Int == 3)
    }
  }

  /// Who asks much at once waits for its turns, as the others do.
  @Test func nobodyWaitsForAllThatAnotherAsks() throws {
    let flood = 1_000
    let (begun, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let asked = Atomic(0)
    let script: Serving.Script = { server, request, address, _ in
      let count = asked.add(1, ordering: .relaxed).newValue
      if count == 1 {
        begun.signal()
        mayGoOn.wait()
      }
      server.reply(.success(request == .reload ? count : 0), to: address)
    }
    try Serving.run(script) { serving in
      let (first, other) = (try Peer(serving.path), try Peer(serving.path))
      // Less than the server reads at once.
      first.send(
        Array(
          (0..<flood).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"status"}"# + "\n" }.joined()
            .utf8))
      begun.wait()
      other.send(Self.line("reload"))
      mayGoOn.signal()
      let turn = try #require(try other.object()?["result"] as? Int)
      #expect(turn < 100)
      for id in 0..<flood { #expect(try first.object()?["id"] as? Int == id) }
    }
  }

  @Test func ticksComeBesideRequests() throws {
    let ticks = Atomic(0)
    let twice = DispatchSemaphore(value: 0)
    try Serving.run(
      tick: .milliseconds(5),
      onTick: { if ticks.add(1, ordering: .relaxed).newValue == 2 { twice.signal() } },
      Serving.echo
    ) { serving in
      twice.wait()
      let answer = try Peer(serving.path).ask(Self.line("status"))
      #expect(answer["id"] as? Int == 1)
    }
  }

  @Test func theLastWordsAreSentAtTheEnd() throws {
    try Serving.run(Serving.echo) { serving in
      let peer = try serving.subscriber()
      let text = String(repeating: "word ", count: 800)
      for _ in 0..<20 { serving.server.publish(.partial(settled: text, pending: "")) }
      serving.server.stop()
      for _ in 0..<20 { #expect(peer.line()?.contains(text) == true) }
      #expect(peer.line() == nil)
      serving.stop()
      #expect(!FileManager.default.fileExists(atPath: serving.path))
      // Nobody listens any more, and that is fine.
      serving.server.publish(.state(.idle))
      #expect(serving.server.clients == 0)
    }
  }
}
