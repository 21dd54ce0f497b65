import Foundation
import TestSupport
import Testing

/// `utter evaluate record`, with answers from a pipe and a microphone that is a file.
@Suite struct EvaluateRecordTests {
  /// Answers the questions about some sentences; the microphone hears noise, or nothing.
  private func record(
    in folder: URL, _ answers: String, hears isLoud: Bool = true, _ arguments: [String] = []
  ) throws -> CommandRunner.Outcome {
    var noise = Seeded(7)
    let samples = (0..<32_000).map { _ in
      isLoud ? Int16.random(in: -3_000...3_000, using: &noise) : 0
    }
    let input = folder.appending(path: "input.raw")
    try samples.withUnsafeBytes { try Data($0).write(to: input) }
    let configuration = folder.appending(path: "asound.conf")
    try """
    pcm.!default {
      type file
      slave.pcm { type null }
      file "/dev/null"
      infile "\(input.path)"
      format "raw"
    }
    """.write(to: configuration, atomically: true, encoding: .utf8)
    let sentences = folder.appending(path: "sentences.txt")
    try "Open userId.\tuserId\nThe second one.\nThe last\n".write(
      to: sentences, atomically: true, encoding: .utf8)
    return try CommandRunner.run(
      [
        "evaluate", "record", folder.appending(path: "mine").path, "--sentences", sentences.path,
        "--device", "default",
      ] + arguments, input: Data(answers.utf8),
      environment: [
        "ALSA_CONFIG_PATH": configuration.path, "HOME": folder.path, "XDG_CONFIG_HOME": "",
      ])
  }

  private func mode(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
  }

  @Test func recordingsAndTheirManifestAreKept() throws {
    try withTemporaryFolder { folder in
      // The first is kept, the second repeated and skipped, and then it ends.
      let outcome = try record(
        in: folder, "\n\n\n" + "\n\nr\n\n\ns\n" + "q\n", ["--speaker", "anna"])
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.output.contains("mine: 0 of 3 are recorded\n"))
      #expect(outcome.output.contains("\n1/3  Open userId.\n"))
      #expect(outcome.output.contains("\n3/3  The last\n"))
      let mine = folder.appending(path: "mine")
      let manifest = mine.appending(path: "manifest.jsonl")
      let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 1)
      let line = try #require(
        try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
      #expect(line["audio_filepath"] as? String == "001.wav")
      #expect(line["text"] as? String == "Open userId.")
      #expect(line["speaker"] as? String == "anna")
      #expect(line["vocabulary"] as? [String] == ["userId"])
      #expect(try #require(line["duration"] as? Double) >= 0.3)
      let recording = mine.appending(path: "001.wav")
      #expect(try Recordings.samples(recording).count >= 4_800)
      #expect(try mode(mine) == 0o700)
      #expect(try mode(manifest) == 0o600 && mode(recording) == 0o600)
      #expect(
        Set(try FileManager.default.contentsOfDirectory(atPath: mine.path)) == [
          "001.wav", "manifest.jsonl",
        ])

      // Next time it goes on with the second one.
      let next = try record(in: folder, "\n\n\n" + "s\n")
      #expect(next.output.contains("mine: 1 of 3 are recorded\n"))
      #expect(next.output.contains("\n2/3  The second one.\n"))
      #expect(next.output.contains("all are recorded: utter evaluate "))
      #expect(
        try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n").count == 2)
    }
  }

  @Test func silenceIsNotKept() throws {
    try withTemporaryFolder { folder in
      let outcome = try record(in: folder, "\n\n", hears: false)
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("nothing but silence came from default"))
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "mine").path)
      #expect(files.isEmpty)
    }
  }

  @Test func whatCannotBeUsedIsRefused() throws {
    try withTemporaryFolder { folder in
      let device = try record(in: folder, "\n", ["--device", "no-such-device"])
      #expect(device.code == 69, "\(device)")
      #expect(try record(in: folder, "", ["--sentences", "/no/such"]).code == 66)
      #expect(try record(in: folder, "", ["--sentences", "-"]).code == 2)
      try Data().write(to: folder.appending(path: "mine/manifest.jsonl"))
      try Data("# none\n".utf8).write(to: folder.appending(path: "none.txt"))
      let empty = try record(
        in: folder, "", ["--sentences", folder.appending(path: "none.txt").path])
      #expect(empty.code == 65)
    }
  }
}
