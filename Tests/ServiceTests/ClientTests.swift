import Formatting
import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ClientTests {
  @Test func everyRequestArrivesAsItWasMeant() throws {
    let arrived = Monitor<[Request]>([])
    let script: Serving.Script = { server, request, address, _ in
      arrived.withLock { $0.append(request) }
      server.reply(.success(["done": true]), to: address)
    }
    let recording = RecordingRequest(directory: "/a\nb “c”")
    let requests: [Request] = [
      .startRecording(recording), .startRecording(RecordingRequest()), .stopRecording(),
      .startRecording(RecordingRequest(isAttached: true)),
      .toggleRecording(RecordingRequest(profile: .chat, window: ["foot", "“é”"])),
      .startRecording(RecordingRequest(began: .init(time: 1, session: 2, process: 3))),
      .stopRecording(began: .init(time: 2, session: 2, process: 3)),
      .cancelRecording(began: .init(time: 3, session: 2, process: 3)),
      .toggleRecording(recording), .cancelRecording(), .status, .transcribe(path: "/a b"),
      .listHistory(limit: 3), .listHistory(limit: nil), .listHistory(limit: 1, after: "7"),
      .retryHistory(id: "7"),
      .retryHistory(id: nil), .loadModel, .unloadModel, .reload,
    ]
    try Serving.run(script) { serving in
      let client = try DaemonClient(SocketPath(serving.path))
      for request in requests {
        #expect(try client.call(request, as: [String: Bool].self) == ["done": true])
      }
      #expect(arrived.withLock { $0 } == requests)
      let greeting = try client.answer(to: .hello(version: 1))
      #expect(try client.result(in: greeting) == #"{"protocol":1,"version":"9.9"}"#)
    }
  }

  @Test func anErrorIsThrown() throws {
    let error = ServiceError(code: .notRecording, message: "record.stop: nothing", hint: "start")
    let script: Serving.Script = { server, _, address, _ in
      server.reply(.failure(error), to: address)
    }
    try Serving.run(script) { serving in
      let client = try DaemonClient(SocketPath(serving.path))
      #expect(throws: ClientError.refused(error)) { try client.answer(to: .stopRecording()) }
      // The connection lives.
      #expect(throws: ClientError.refused(error)) { try client.answer(to: .status) }
    }
  }

  @Test func notificationsThatOvertakeAnAnswerAreKept() throws {
    let script: Serving.Script = { server, _, address, _ in
      server.publish(.state(.recording))
      server.publish(.dropped(samples: 3))
      server.reply(.success(1), to: address)
    }
    try Serving.run(script) { serving in
      let client = try DaemonClient(SocketPath(serving.path))
      try client.subscribe(to: [.state, .dropped])
      #expect(try client.call(.status, as: Int.self) == 1)
      #expect(try client.notification() == .state(.recording))
      #expect(try client.notification() == .dropped(samples: 3))
      serving.stop()
      #expect(throws: ClientError.closed(path: serving.path)) { try client.notification() }
    }
  }

  @Test func aDescriptorIsPassedAlong() throws {
    let script: Serving.Script = { server, _, address, descriptor in
      let isFolder = (try? descriptor?.status().kind) == .directory
      server.reply(.success(isFolder), to: address)
    }
    try Serving.run(script) { serving in
      let folder = open("/", O_RDONLY)
      defer { close(folder) }
      let client = try DaemonClient(SocketPath(serving.path))
      #expect(try client.call(.transcribe(path: nil), passing: folder, as: Bool.self))
    }
  }

  @Test func noDaemonIsAnError() throws {
    try withTemporaryFolder { folder in
      do throws(ClientError) {
        _ = try DaemonClient(SocketPath(folder.appending(path: "s").path))
        Issue.record("connected to nothing")
      } catch {
        #expect(error.description.contains("the daemon is not running"))
      }
    }
  }

  @Test func conditionsAreLinesForStatusBars() {
    let problem = ServiceError(code: .model, message: "no \"model\"")
    #expect(StatusLine(state: nil).word == "stopped")
    #expect(StatusLine(state: .idle).json == #"{"state":"idle"}"#)
    #expect(
      StatusLine(state: .recording, problem: problem).waybar
        == #"{"alt":"recording","class":"recording","text":"recording","#
        + #""tooltip":"utter: recording: no \"model\""}"#
    )
    #expect(
      StatusLine(state: .idle, problem: problem).json
        == #"{"problem":"no \"model\"","state":"idle"}"#)
    var line = StatusLine(state: .recording)
    (line.seconds, line.blocks) = (67, 5)
    #expect(line.waybar.contains(#""text":"recording 1:07 ▅""#))
    #expect(
      StatusLine(state: .error, problem: problem).waybar
        == #"{"alt":"error","class":"error","text":"error","tooltip":"utter: error: no \"model\""}"#
    )
  }

  @Test func theLevelIsDrawn() {
    let bar = LevelBar(width: 10)
    #expect(bar.line(rms: 0, peak: 0) == "[|---------] -60 dB")
    #expect(bar.line(rms: 0.0316, peak: 0.1) == "[#####-|---] -20 dB")
    #expect(bar.line(rms: 1, peak: 1) == "[#########|] 0 dB too loud")
    #expect(bar.line(rms: .nan, peak: .infinity).count < 30)
  }
}
