import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing
import Transcription

/// `utter transcribe --daemon`, with a script for a daemon.
@Suite(.timeLimit(.minutes(3))) struct TranscribeDaemonTests {
  private static let document = TranscriptDocument(
    file: "", model: "m", duration: 4, text: "Hello. You", raw: "hello. you",
    segments: [
      .init(start: 0.1, end: 1.5, text: "Hello.", words: 0..<1),
      .init(start: 2, end: 3.5, text: "You", words: 1..<2),
    ],
    words: [
      TimedWord(word: "Hello.", start: 0.1, end: 1.5, confidence: 1),
      TimedWord(word: "You", start: 2, end: 3.5, confidence: 0.5),
    ], terms: [], warnings: ["is short"])

  private static let daemon: Serving.Script = { server, request, address, passed in
    let isPassed = if let passed { passed.number > 2 } else { false }
    switch request {
    case .transcribe(let path?) where path.hasSuffix("/bad.wav"):
      let error = ServiceError(code: .input, message: "\(path): is bad", hint: "make it good")
      server.reply(.failure(error), to: address)
    case .transcribe(let path) where (path?.hasPrefix("/") ?? false) != isPassed:
      server.reply(.success(TranscribedFile(document)), to: address)
    default:
      server.reply(.failure(ServiceError(code: .method, message: "\(request)")), to: address)
    }
  }

  private static func run(
    _ arguments: [String], _ serving: Serving
  ) throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      ["transcribe", "--daemon", "-q"] + arguments, environment: ["UTTER_SOCKET": serving.path])
  }

  @Test func transcriptsAreThoseOfTheDaemon() throws {
    try Serving.run(Self.daemon) { serving in
      let outcome = try Self.run(["a.wav", "bad.wav", "/b.wav"], serving)
      #expect(outcome.output == "a.wav\tHello. You\n/b.wav\tHello. You\n" && outcome.code == 1)
      #expect(outcome.errors.contains("/bad.wav: is bad\nhint: make it good\n"))
      #expect(outcome.errors.contains("utter: a.wav: is short\n"))
      let subtitles = try Self.run(["a.wav", "--format", "srt"], serving)
      #expect(
        subtitles.output == """
          1
          00:00:00,100 --> 00:00:01,500
          Hello.

          2
          00:00:02,000 --> 00:00:03,500
          You

          """)
      #expect(try Self.run(["-", "--format", "ctm"], serving).output.hasPrefix("stdin 1 0.1 1.4 "))
    }
  }

  @Test func whatTheDaemonCannotDoIsRefused() throws {
    try Serving.run(Self.daemon) { serving in
      for option in [
        ["--model", "m"], ["--decoder", "ctc"], ["--precision", "int8"], ["--threads", "2"],
        ["--vocabulary", "x"], ["--format-rules", "all"], ["--channels", "left"],
        ["--track", "2"], ["--full-context"], ["--jobs", "2"],
      ] {
        let outcome = try Self.run(["a.wav"] + option, serving)
        #expect(outcome.code == 2 && outcome.errors.contains("--daemon and \(option[0]) exclude"))
      }
      #expect(try Self.run(["a.wav", "--json"], serving).code == 2)
      let folder = try TemporaryFolder()
      let manifest = try folder.write(
        Array(#"{"audio_filepath": "a.wav", "offset": 1}"#.utf8), "m")
      let parts = try Self.run(["--manifest", manifest], serving)
      #expect(parts.code == 2 && parts.errors.contains("as a whole"))
    }
  }

  @Test func thereHasToBeADaemon() throws {
    let outcome = try CommandRunner.run(
      ["transcribe", "--daemon", "a.wav"], environment: ["UTTER_SOCKET": "/no/such/socket"])
    #expect(outcome.code == 3 && outcome.output == "")
  }
}
