import Formatting
import Foundation
import Service
import TestSupport
import Testing

@Suite struct IncomingRequestTests {
  private static func read(_ line: String) -> IncomingRequest {
    IncomingRequest(line: Array(line.utf8))
  }

  private static func request(_ method: String, _ params: String) throws -> Request {
    let line = #"{"jsonrpc":"2.0","id":"x","method":"\#(method)","params":\#(params),"more":[1]}"#
    return try read(line).request.get()
  }

  @Test func methodsAreUnderstood() throws {
    let everything = RecordingRequest(directory: "/a é")
    let params = #"{"mode":"hold","vocabulary":[],"directory":"/a é","language":null,"new":{}}"#
    #expect(try Self.request("hello", #"{"protocol":3}"#) == .hello(version: 3))
    #expect(try Self.request("record.start", params) == .startRecording(everything))
    #expect(try Self.request("record.start", "{}") == .startRecording(RecordingRequest()))
    #expect(try Self.request("record.toggle", "null") == .toggleRecording(RecordingRequest()))
    #expect(
      try Self.request("record.toggle", #"{"mode":"toggle"}"#)
        == .toggleRecording(RecordingRequest()))
    #expect(try Self.request("record.stop", "{}") == .stopRecording())
    #expect(try Self.request("record.cancel", "{}") == .cancelRecording())
    #expect(
      try Self.request("record.stop", #"{"began":{"time":7}}"#)
        == .stopRecording(began: .init(time: 7)))
    #expect(
      try Self.request("record.cancel", #"{"began":{"time":7}}"#)
        == .cancelRecording(began: .init(time: 7)))
    #expect(
      try Self.request("record.start", #"{"began":{"time":7}}"#)
        == .startRecording(RecordingRequest(began: .init(time: 7))))
    // Nobody reserves the time to come.
    let before = ProcessBegin.now
    let late = try Self.request("record.stop", #"{"began":{"time":9223372036854775807}}"#)
    guard case .stopRecording(let began?) = late else {
      Issue.record("\(late)")
      return
    }
    #expect((before...ProcessBegin.now).contains(began.time))
    #expect(try Self.request("status", "{}") == .status)
    #expect(
      try Self.request("subscribe", #"{"events":["final","level"]}"#)
        == .subscribe([.final, .level]))
    #expect(
      try Self.request("subscribe", "{}")
        == .subscribe([.state, .partial, .final, .dropped, .error]))
    #expect(try Self.request("transcribe", #"{"path":"/a"}"#) == .transcribe(path: "/a"))
    #expect(try Self.request("transcribe", #"{"path":null}"#) == .transcribe(path: nil))
    #expect(
      try Self.request("record.start", #"{"attached":true}"#)
        == .startRecording(RecordingRequest(isAttached: true)))
    #expect(
      try Self.request("record.start", #"{"vocabulary":["kubectl"],"profile":"editor"}"#)
        == .startRecording(RecordingRequest(vocabulary: ["kubectl"], profile: .editor)))
    #expect(
      try Self.request("record.toggle", #"{"window":["foot","Foot"]}"#)
        == .toggleRecording(RecordingRequest(window: ["foot", "Foot"])))
    #expect(try Self.request("history.list", #"{"limit":3}"#) == .listHistory(limit: 3))
    #expect(
      try Self.request("history.list", #"{"after":"7"}"#) == .listHistory(limit: nil, after: "7"))
    #expect(try Self.request("history.retry", #"{"id":"7"}"#) == .retryHistory(id: "7"))
    #expect(try Self.request("model.load", "{}") == .loadModel)
    #expect(try Self.request("model.unload", "{}") == .unloadModel)
    #expect(try Self.request("reload", "{}") == .reload)
  }

  @Test func errorsNameTheMethodAndTheParameter() throws {
    let cases = [
      (#"{"vocabulary":7}"#, "record.start: vocabulary: not a list of strings"),
      (#"{"profile":"kitchen"}"#, "record.start: profile: kitchen: no such profile"),
      (#"{"window":"foot"}"#, "record.start: window: not a list of strings"),
      (
        #"{"window":["1","2","3","4","5","6","7","8","9"]}"#,
        "record.start: window: more than 8 names, or one of more than 256 bytes"
      ),
      (
        #"{"window":["\#(String(repeating: "x", count: 257))"]}"#,
        "record.start: window: more than 8 names, or one of more than 256 bytes"
      ),
      (#"{"language":"en"}"#, "record.start: language: not there yet"),
      (#"{"mode":"toggle"}"#, "record.start: mode: not hold"),
      (#"{"began":{"time":-1}}"#, "record.start: began: time: negative"),
      (
        #"{"began":7}"#, "record.start: began: not an object with a time, a whole number"
      ),
      (#"{"directory":"a"}"#, "record.start: directory: not an absolute path"),
      (#"{"directory":"/a\u0000b"}"#, "record.start: directory: not an absolute path"),
      (#"{"directory":""}"#, "record.start: directory: empty"),
      ("[1]", "record.start: params: not an object"),
    ]
    for (params, message) in cases {
      #expect(throws: ServiceError.self) { try Self.request("record.start", params) }
      do { _ = try Self.request("record.start", params) } catch let error as ServiceError {
        #expect(error.message == message && error.code == ServiceError.Code.parameters)
      }
    }
  }

  @Test func idsAreKeptWhereTheyCanBeRead() {
    #expect(Self.read(#"{"jsonrpc":"2.0","id":7}"#).id == .integer(7))
    #expect(Self.read(#"{"jsonrpc":"2.0","id":"a","method":"x"}"#).id == .string("a"))
    #expect(Self.read(#"{"jsonrpc":"2.0","id":0.5,"method":"x"}"#).id == .number(0.5))
    #expect(Self.read(#"{"jsonrpc":"2.0","id":null,"method":"status"}"#).id == .null)
    #expect(Self.read(#"{"jsonrpc":"2.0","method":"x"}"#).id == nil)
    #expect(Self.read(#"{"jsonrpc":"2.0"}"#).id == .null)
    #expect(Self.read(#"{"jsonrpc":"2.0","id":1e999,"method":"status"}"#).id == .null)
  }

  /// Whatever a line holds, it is a request or an error, and whatever is no request is answered.
  @Test func damagedLinesNeverTrap() {
    var random = Seeded(4)
    let valid = [
      #"{"jsonrpc":"2.0","id":1,"method":"record.start","params":{"mode":"hold","language":[0]}}"#,
      #"{"jsonrpc":"2.0","id":"a","method":"subscribe","params":{"events":["final","level"]}}"#,
      #"{"jsonrpc":"2.0","method":"history.list","params":{"limit":-9223372036854775808}}"#,
      #"[{"jsonrpc":"2.0","id":-0.0e-0,"method":"transcribe","params":{"path":"/\ud83d\ude00"}}]"#,
    ].map { Array($0.utf8) }
    var requests = 0
    for round in 0..<20_000 {
      var line = valid[round % valid.count]
      if round % 5 == 4 {
        line = (0..<Int.random(in: 0..<64, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      }
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        let at = Int.random(in: 0...line.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line.insert(UInt8.random(in: 0...255, using: &random), at: at)
        case 1: line.removeSubrange(at..<min(line.count, at + 3))
        case 2: line.insert(contentsOf: line[..<at], at: at)
        default:
          if at < line.count {
            line[at] = #"{}[]",:\0e-9x"#.utf8.randomElement(using: &random) ?? 0
          }
        }
      }
      let incoming = IncomingRequest(line: line)
      switch incoming.request {
      case .success: requests += 1
      case .failure(let error):
        #expect((-32700 ... -32600).contains(error.code.rawValue))
        let isAboutMethod = [ServiceError.Code.method, ServiceError.Code.parameters].contains(
          error.code)
        #expect(incoming.id != nil || isAboutMethod)
      }
    }
    #expect(requests > 1_000)
  }
}
