import Foundation
import TestSupport
import Testing

/// `utter model install` as a person sees it: one line, a way out, an exit code.
@Suite struct ModelInstallTests {
  private typealias Answer = HTTPServer.Answer

  private static let bytes = Array(
    (try? Data(
      contentsOf: Fixtures.committed.appending(path: "layernorm/layernorm.nemo"))) ?? Data())

  private func environment(_ server: HTTPServer, _ folder: URL) -> [String: String] {
    [
      "HF_ENDPOINT": server.address, "HF_HOME": folder.path, "HF_TOKEN": "",
      "UTTER_MODELS": folder.appending(path: "models").path,
    ]
  }

  @Test func installsAModel() throws {
    try withTemporaryFolder { folder in
      let server = try HTTPServer { request, count in
        .file(Self.bytes, to: request, sending: count == 0 ? 50_000 : .max)
      }
      let environment = environment(server, folder)
      let outcome = try CommandRunner.run(
        ["model", "install", "nvidia/tiny", "--precision", "float16", "--json"],
        environment: environment)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.errors == "")
      let row = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      #expect(row?["name"] as? String == "tiny")
      #expect(row?["precision"] as? String == "float16")
      #expect(row?["fetched"] as? Int == Self.bytes.count)
      let again = try CommandRunner.run(
        ["model", "install", "nvidia/tiny"], environment: environment)
      #expect(again.code == 2)
      #expect(again.errors.contains("a model of this name exists\nhint: choose another name"))
      let forced = try CommandRunner.run(
        ["model", "install", "nvidia/tiny", "--force"], environment: environment)
      #expect(forced.output == "tiny\t\(folder.path)/models/tiny\n")
      let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      let heard = try CommandRunner.run(
        ["transcribe", recording, "--model", "tiny"], environment: environment)
      #expect(heard.code == 0, "\(heard.errors)")
    }
  }

  @Test func everyMisfortuneIsOneLineAndAWayOut() throws {
    let cases: [(Answer, Int32, String)] = [
      (Answer("401 Unauthorized"), 69, "set HF_TOKEN to it"),
      (Answer("403 Forbidden"), 69, "agree to its terms"),
      (Answer("404 Not Found"), 66, "see its repository"),
      (Answer("429 Too Many Requests").with("Retry-After", "30"), 69, "try again in 30 s"),
      (Answer("500 Internal Server Error"), 69, "try again later"),
      (Answer().with("Content-Type", "text/html"), 65, "a portal may be in the way"),
      (Answer().with("Content-Length", "4000"), 69, "the same command goes on"),
      (Answer().with("X-Linked-Size", "3").with("Content-Length", "4"), 65, "HF_ENDPOINT"),
      (Answer("416 Range Not Satisfiable"), 69, ""),
    ]
    for (answer, code, hint) in cases {
      try withTemporaryFolder { folder in
        let server = try HTTPServer { _, _ in answer }
        let outcome = try CommandRunner.run(
          ["model", "install", "nvidia/tiny"], environment: environment(server, folder))
        #expect(outcome.code == code, "\(answer.status): \(outcome.errors)")
        #expect(outcome.output == "")
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == (hint.isEmpty ? 1 : 2), "\(outcome.errors)")
        #expect(lines.first?.hasPrefix("utter: \(server.address)/nvidia/tiny/resolve/") == true)
        #expect(hint.isEmpty || lines.last?.contains(hint) == true, "\(outcome.errors)")
      }
    }
  }

  @Test func controlCKeepsWhatCame() throws {
    try withTemporaryFolder { folder in
      let server = try HTTPServer { request, count in
        var answer = Answer.file(Self.bytes, to: request, sending: count == 0 ? 50_000 : .max)
        answer.hangs = count == 0
        return answer
      }
      let environment = environment(server, folder)
      let process = Process()
      process.executableURL = CommandRunner.program
      process.arguments = ["model", "install", "nvidia/tiny"]
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let part = folder.appending(path: "models/.downloads/nvidia--tiny/tiny.nemo.part").path
      func size() -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: part))?[.size] as? Int
      }
      let deadline = ContinuousClock.now + .seconds(60)
      while size() != 50_000, .now < deadline { usleep(10_000) }
      process.interrupt()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      #expect(
        text == """
          utter: tiny.nemo: stopped after 50000 of \(Self.bytes.count) bytes
          hint: what came is kept; the same command goes on

          """)
      let outcome = try CommandRunner.run(
        ["model", "install", "nvidia/tiny", "--json"], environment: environment)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("\"resumed\" : 50000"))
    }
  }

  @Test func listsWhatCanBeInstalled() throws {
    let plain = try CommandRunner.run(["model", "list", "--available"])
    #expect(plain.output.contains("parakeet-tdt-0.6b-v3\t-\t2.5 GB\t25 languages\tCC-BY-4.0\t"))
    let json = try CommandRunner.run(["model", "list", "--available", "--json"])
    let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(rows?.count == plain.output.split(separator: "\n").count)
    for name in ["parakeet", "a b", "../x"] {
      let outcome = try CommandRunner.run(["model", "install", name])
      #expect(outcome.code == (name == "parakeet" ? 66 : 2), "\(outcome.errors)")
      #expect(outcome.errors.contains("hint: "))
    }
  }
}
