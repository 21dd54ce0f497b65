import Formatting
import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

/// The commands that talk to the daemon, as processes.
@Suite(.timeLimit(.minutes(3))) struct ClientCommandTests {
  /// A command that goes on, whose lines are read as they come.
  private final class Running {
    private let process = Process()
    private let output = Pipe()
    private var rest = Data()

    init(_ arguments: [String], socket: String, withErrors: Bool = false) throws {
      process.executableURL = CommandRunner.program
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment
        .merging(["UTTER_SOCKET": socket]) { $1 }
      process.standardOutput = output
      if withErrors {
        process.standardError = output
      } else {
        process.standardError = FileHandle.nullDevice
      }
      try process.run()
    }

    /// A thread that starts a process may hold back SIGTERM, and the process inherits that.
    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The next line; nil at the end.
    func line() -> String? {
      while true {
        if let end = rest.firstIndex(of: 0x0A) {
          defer { rest = Data(rest[(end + 1)...]) }
          return String(decoding: rest[..<end], as: UTF8.self)
        }
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else { return nil }
        rest += more
      }
    }

    var code: Int32 {
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private static func text(_ text: String) -> FinalText {
    FinalText(
      id: "1", text: text, raw: "", words: [], audioMs: 1,
      latencyMs: .init(release: 1, features: 1, encoder: 1, decoder: 1, formatting: 1), terms: [])
  }

  private static func run(
    _ arguments: [String], _ serving: Serving
  ) throws -> CommandRunner.Outcome {
    try CommandRunner.run(arguments, environment: ["UTTER_SOCKET": serving.path])
  }

  @Test func recordAsksAndSaysNothing() throws {
    let asked = Monitor<[Request]>([])
    let script: Serving.Script = { server, request, address, _ in
      asked.withLock { $0.append(request) }
      server.reply(.success(["id": "7"]), to: address)
    }
    try Serving.run(script) { serving in
      let start = try Self.run(["record", "start", "--directory", "/d"], serving)
      #expect(start.output == "" && start.errors == "" && start.code == 0)
      let toggle = try Self.run(["record", "toggle", "--json"], serving)
      #expect(toggle.output == "{\"id\":\"7\"}\n" && toggle.code == 0)
      #expect(try Self.run(["record", "stop"], serving).output == "")
      #expect(try Self.run(["record", "cancel"], serving).output == "")
    }
    let current = FileManager.default.currentDirectoryPath
    let requests = asked.withLock { $0 }
    guard requests.count == 4, case .startRecording(let start) = requests[0],
      case .stopRecording(let stop?) = requests[2], case .cancelRecording(let cancel?) = requests[3]
    else {
      Issue.record("\(requests)")
      return
    }
    #expect(start.directory == "/d")
    #expect(requests[1] == .toggleRecording(RecordingRequest(directory: current)))
    // The daemon may hear of them in another order.
    #expect(try #require(start.began).isBefore(stop) && stop.isBefore(cancel))
  }

  @Test func whatIsNotThereYetIsRefused() throws {
    let isAsked = Monitor(false)
    let script: Serving.Script = { server, _, address, _ in
      isAsked.withLock { $0 = true }
      server.reply(.success(["id": "7"]), to: address)
    }
    try Serving.run(script) { serving in
      for verb in ["start", "toggle"] {
        let help = try Self.run(["record", verb, "--help"], serving).output
        let outcome = try Self.run(["record", verb, "--language", "en"], serving)
        #expect(outcome.code == 2 && outcome.errors.contains("--language is not there yet"))
        #expect(!help.contains("--language"))
      }
    }
    #expect(!isAsked.withLock { $0 })
  }

  @Test func dictationsTakeTermsAndAProfile() throws {
    let asked = Monitor<[RecordingRequest]>([])
    let script: Serving.Script = { server, request, address, _ in
      if case .startRecording(let wanted) = request { asked.withLock { $0.append(wanted) } }
      server.reply(.success(["id": "7"]), to: address)
    }
    try Serving.run(script) { serving in
      let folder = try TemporaryFolder()
      let list = try folder.write(Array("# mine\r\nC#\tspoken=see sharp\n".utf8), "list.txt")
      let broken = try folder.write(Array("x\tno=such\n".utf8), "broken.txt")
      let words = ["--profile", "terminal", "--vocabulary", "kubectl", list]
      #expect(try Self.run(["record", "start"] + words, serving).code == 0)
      for (words, code) in [
        (["--vocabulary", broken], 65), (["--vocabulary", "/no/such.txt"], 66),
        (["--profile", "kitchen"], 2),
      ] {
        let outcome = try Self.run(["record", "start"] + words, serving)
        #expect(outcome.code == code && outcome.errors.contains(words[1]), "\(outcome.errors)")
      }
    }
    let request = try #require(asked.withLock { $0 }.first)
    #expect(asked.withLock { $0 }.count == 1)
    #expect(request.profile == .terminal)
    #expect(request.vocabulary == ["kubectl", "C#\tspoken=see sharp"])
  }

  /// What the compositor says of the focus goes to the daemon where a profile depends on it; one
  /// that hangs keeps nobody from dictating.
  @Test func dictationsNameTheirWindow() throws {
    let asked = Monitor<[String]?>(nil)
    let script: Serving.Script = { server, request, address, _ in
      if case .startRecording(let wanted) = request { asked.withLock { $0 = wanted.window } }
      if case .toggleRecording(let wanted) = request { asked.withLock { $0 = wanted.window } }
      server.reply(.success(["id": "7"]), to: address)
    }
    let foot = Array(#"{"Ok":{"FocusedWindow":{"id":1,"app_id":"foot","pid":12}}}"#.utf8) + [0x0A]
    try withTemporaryFolder { folder in
      let socket = folder.appending(path: "niri").path
      try Serving.run(script) { serving in
        func window(_ words: String..., patterns: String = "auto") throws -> [String]? {
          asked.withLock { $0 = nil }
          let variables = [
            "UTTER_SOCKET": serving.path, "WAYLAND_DISPLAY": "none", "NIRI_SOCKET": socket,
            "SWAYSOCK": "", "UTTER_FORMAT_PROFILES_CHAT_WINDOWS": patterns,
          ]
          let outcome = try CommandRunner.run(["record"] + words, environment: variables)
          #expect(outcome.code == 0 && outcome.errors == "")
          return asked.withLock { $0 }
        }
        try FakeCompositor.run(at: socket, answering: foot) { compositor in
          // Where the machine has too much to do, it takes too long.
          for verb in ["start", "toggle"] {
            try waitUntil("the window") { try window(verb) == ["foot"] }
          }
          // Nobody is asked in vain.
          let answers = compositor.answers
          #expect(try window("start", patterns: "") == [])
          #expect(try window("start", "--profile", "terminal") == [])
          #expect(compositor.answers == answers)
        }
        try FileManager.default.removeItem(atPath: socket)
        try FakeCompositor.run(at: socket, answering: nil) { compositor in
          let window = try window("start")
          #expect(window == [])
          #expect(compositor.isAsked)
        }
      }
    }
  }

  @Test func errorsAreReported() throws {
    let script: Serving.Script = { server, _, address, _ in
      server.reply(
        .failure(ServiceError(code: .notRecording, message: "w: y", hint: "out")), to: address)
    }
    try Serving.run(script) { serving in
      let outcome = try Self.run(["record", "stop"], serving)
      #expect(outcome.errors == "utter: w: y\nhint: out\n" && outcome.code == 69)
    }
  }

  @Test(arguments: [["record", "start"], ["listen"], ["status"], ["record", "--meter"]])
  func withoutADaemonTheCodeIsThree(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let outcome = try CommandRunner.run(
        arguments, environment: ["UTTER_SOCKET": folder.appending(path: "s").path])
      #expect(outcome.code == 3 && outcome.output == "")
      #expect(outcome.errors.contains("hint: systemctl --user start utter.socket, or utter serve"))
    }
    let nowhere = ["UTTER_SOCKET": "", "XDG_RUNTIME_DIR": ""]
    let outcome = try CommandRunner.run(arguments, environment: nowhere)
    #expect(outcome.code == 3 && outcome.errors.contains("XDG_RUNTIME_DIR"))
  }

  @Test func listenPrintsTextsOfOneDaemonAfterTheOther() throws {
    try Serving.run(Serving.echo) { serving in
      let listen = try Running(["listen"], socket: serving.path)
      let partials = try Running(["listen", "--partials"], socket: serving.path)
      let once = try Running(["listen", "--json", "--once"], socket: serving.path)
      while serving.server.subscribers(of: .final) < 3 { sched_yield() }
      serving.server.publish(.final(Self.text("warm")))
      serving.server.publish(.partial(settled: "Hello", pending: " wor"))
      serving.server.publish(.final(Self.text("Hello, Ümläut €.\nTwo")))
      #expect(once.line()?.hasPrefix(#"{"jsonrpc":"2.0","method":"final","params":{"#) == true)
      #expect(once.line() == nil && once.code == 0)
      #expect(listen.line() == "warm")
      #expect(listen.line() == "Hello, Ümläut €." && listen.line() == "Two")
      #expect(partials.line() == "warm" && partials.line() == "… Hello wor")
      #expect(partials.line() == "Hello, Ümläut €." && partials.line() == "Two")
      let unlucky = try Running(["listen", "--once"], socket: serving.path)
      while serving.server.subscribers(of: .final) < 3 { sched_yield() }
      serving.stop()
      #expect(unlucky.line() == nil && unlucky.code == 3)
      let next = try Serving(SocketPath(serving.path), Serving.echo)
      defer { next.stop() }
      while next.server.subscribers(of: .final) < 2 { sched_yield() }
      next.server.publish(.final(Self.text("again")))
      #expect(listen.line() == "again" && partials.line() == "again")
    }
  }

  @Test func statusFollowsTheDaemonThroughItsLife() throws {
    try withTemporaryFolder { folder in
      let place = SocketPath(folder.appending(path: "s").path)
      let follow = try Running(["status", "--follow", "--format", "waybar"], socket: place.path)
      #expect(follow.line()?.contains(#""class":"stopped""#) == true)
      for _ in 0..<2 {
        let serving = try Serving(place, Serving.echo)
        serving.server.publish(.state(.idle))
        #expect(follow.line()?.contains(#""class":"idle""#) == true)
        serving.server.publish(.state(.idle))
        serving.server.publish(.state(.recording))
        #expect(follow.line()?.contains(#""class":"recording""#) == true)
        serving.stop()
        #expect(follow.line()?.contains(#""class":"stopped""#) == true)
      }
    }
  }

  @Test func aStatusBarShowsTimeLoudnessAndProblems() throws {
    let report = Monitor(
      StatusReport.made(
        .error,
        problem: .init(
          ServiceError(code: .microphone, message: "m: gone", hint: "out"), since: "2026")))
    let script: Serving.Script = { server, _, address, _ in
      server.reply(.success(report.withLock { $0 }), to: address)
    }
    try Serving.run(script) { serving in
      serving.server.publish(.state(.error))
      let follow = try Running(
        ["status", "--follow", "--format", "waybar"], socket: serving.path)
      // What was told before it was there.
      #expect(follow.line()?.contains(#""tooltip":"utter: error: m: gone""#) == true)
      report.withLock { $0 = .made(.recording, recordedSeconds: 61) }
      serving.server.publish(.state(.recording))
      let first = try #require(follow.line())
      #expect(first.contains(#""text":"recording 1:01""#) && !first.contains("gone"))
      serving.server.publish(.level(rms: 0.1, peak: 1))
      let second = try #require(follow.line())
      #expect(second.contains(#""text":"recording 1:0"#) && second.contains(" █"))
      report.withLock { $0 = .made(.idle) }
      serving.server.publish(.state(.idle))
      #expect(follow.line()?.contains(#""text":"idle","tooltip":"utter: idle""#) == true)
    }
  }

  @Test func statusShowsTheReport() throws {
    let report = StatusReport(
      version: "9.9", pid: 7, state: .recording, uptime: 61, recording: "1", recordedSeconds: 2.5,
      model: .init(name: "starter-en", loaded: true),
      microphone: .init(
        device: "default", open: true, realTime: false, overruns: 1, dropped: 2, reopens: 3),
      clients: 4, dictations: 5, releaseMs: 120.4, problem: nil)
    let script: Serving.Script = { server, _, address, _ in
      server.reply(.success(report), to: address)
    }
    try Serving.run(script) { serving in
      let text = try Self.run(["status"], serving).output
      #expect(text.hasPrefix("state       recording\nrecording   2 s\n"))
      #expect(text.contains("model       starter-en, loaded\n"))
      #expect(text.hasSuffix("last text   120 ms after key-up\n"))
      let json = try Self.run(["status", "--json"], serving).output
      #expect(try Wire.decoder.decode(StatusReport.self, from: Data(json.utf8)) == report)
      #expect(
        try Self.run(["status", "--format", "waybar"], serving).output
          .contains(#""class":"recording""#))
    }
  }

  @Test func statusKeepsAProblem() throws {
    let problem = Problem(
      ServiceError(code: .microphone, message: "m: gone", hint: "out"),
      since: "2026-01-02T03:04:05Z")
    let script: Serving.Script = { server, _, address, _ in
      server.reply(.success(StatusReport.made(.error, problem: problem)), to: address)
    }
    try Serving.run(script) { serving in
      let text = try Self.run(["status"], serving).output
      #expect(
        text.hasSuffix("problem     m: gone, since 2026-01-02T03:04:05Z\nhint        out\n"))
      #expect(
        try Self.run(["status", "--json"], serving).output
          .contains(#""problem":{"code":-32002,"hint":"out","message":"m: gone","since":"2026"#))
    }
  }

  @Test func theMeterShowsLevelsUntilTheDictationEnds() throws {
    try Serving.run(Serving.echo) { serving in
      serving.server.publish(.state(.recording))
      let meter = try Running(["record", "--meter"], socket: serving.path, withErrors: true)
      while !serving.server.isWanted(.level) { sched_yield() }
      serving.server.publish(.level(rms: 0.1, peak: 0.5))
      serving.server.publish(.state(.transcribing))
      #expect(meter.line()?.contains(" -6 dB") == true)
      #expect(meter.line() == nil && meter.code == 0)
    }
  }

  @Test func helpKnowsTheProtocol() throws {
    let outcome = try CommandRunner.run(["help", "protocol"])
    #expect(outcome.output == ProtocolArticle.text + "\n" && outcome.code == 0)
    #expect(try CommandRunner.run(["help", "record"]).output.contains("USAGE: utter record"))
  }
}

extension StatusReport {
  /// A report about which little matters.
  static func made(
    _ state: DaemonState, recordedSeconds: Double? = nil, problem: Problem? = nil
  ) -> StatusReport {
    StatusReport(
      version: "9.9", pid: 7, state: state, uptime: 61, recording: nil,
      recordedSeconds: recordedSeconds, model: .init(name: "starter-en", loaded: true),
      microphone: .init(
        device: "default", open: true, realTime: false, overruns: 0, dropped: 0, reopens: 0),
      clients: 1, dictations: 0, releaseMs: nil, problem: problem)
  }
}
