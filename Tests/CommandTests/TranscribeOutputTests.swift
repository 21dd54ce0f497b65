import Foundation
import TestSupport
import Testing

@Suite struct TranscribeOutputTests {
  @Test func templateNamesAFileForEachRecording() throws {
    try withTemporaryFolder { folder in
      let template = folder.appending(path: "{stem}.{format}").path
      let outcome = try transcribe(
        ["--format", "srt", "--output", template, speech, "/no/such.wav", shorter])
      #expect(outcome.output == "")
      #expect(outcome.code == 1)
      #expect(try names(in: folder) == ["s030.srt", "s170.srt"])
      let text = try String(contentsOf: folder.appending(path: "s170.srt"), encoding: .utf8)
      #expect(text.hasPrefix("1\n00:00:00,000 --> "))
    }
  }

  @Test func oldFileIsReplacedAndKeptOnFailure() throws {
    try withTemporaryFolder { folder in
      let target = folder.appending(path: "notes.txt")
      try Data("old".utf8).write(to: target)
      _ = try transcribe(["--output", target.path, #filePath])
      #expect(try String(contentsOf: target, encoding: .utf8) == "old")
      _ = try transcribe(["--output", target.path, speech])
      #expect(try String(contentsOf: target, encoding: .utf8) == nonsense + "\n")
      #expect(try names(in: folder) == ["notes.txt"])
    }
  }

  @Test func linkAndDeviceAreWrittenThrough() throws {
    try withTemporaryFolder { folder in
      let target = folder.appending(path: "target")
      let link = folder.appending(path: "link")
      try Data("old".utf8).write(to: target)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
      _ = try transcribe(["--output", link.path, speech])
      #expect(try String(contentsOf: target, encoding: .utf8) == nonsense + "\n")
      #expect(try transcribe(["--output", "/dev/stdout", speech]).output == nonsense + "\n")
    }
  }

  /// Before the model is loaded, let alone anything heard.
  @Test func impossibleDestinationsAreReportedFirst() throws {
    let missing = try CommandRunner.run([
      "transcribe", "--model", "/no/such", "--output", "/no/such/{stem}.txt", speech, shorter,
    ])
    #expect(
      missing.errors == """
        utter: /no/such/s170.txt: cannot be written: no directory /no/such
        hint: --mkdir makes it

        """)
    #expect(missing.code == 69)
    #expect(try transcribe(["--output", "/tmp", speech]).code == 69)
    // Permissions say that it may be written.
    let closed = try transcribe(["--output", "/proc/x.txt", speech])
    #expect(
      closed.errors.hasPrefix(
        "utter: /proc/x.txt: cannot be written: the directory /proc takes no files: "))
    #expect(closed.code == 69)
    let long = "/tmp/" + String(repeating: "x", count: 256)
    let outcome = try transcribe(["--output", long, speech])
    #expect(outcome.errors.contains("the name is too long\nhint: names have 255 bytes at most"))
    #expect(outcome.code == 69)
  }

  @Test func foldersAreMadeWhereAskedFor() throws {
    try withTemporaryFolder { folder in
      let template = folder.appending(path: "a/{stem}/x.{format}").path
      let outcome = try transcribe(
        ["--quiet", "--mkdir", "--format", "text,json", "--output", template, speech, shorter])
      #expect(outcome.errors == "" && outcome.code == 0)
      for stem in ["s170", "s030"] {
        #expect(
          try names(in: folder.appending(path: "a/\(stem)")) == ["x.json", "x.txt"])
      }
    }
  }

  @Test(arguments: ["600", "640", "664"]) func modesStay(_ mode: String) throws {
    let outcome = try shell(
      """
      cd "$3"; umask 027; echo old > old.txt; chmod \(mode) old.txt
      for name in old new; do "$0" transcribe --model "$1" --output $name.txt "$2"; done
      stat -c %a *.txt >&2; rm *.txt; ls -A >&2
      """)
    #expect(outcome == "640\n\(mode)\n")
  }

  @Test func fullDeviceAndClosedPipeEndQuietly() throws {
    let full = try shell("\"$0\" transcribe --model \"$1\" \"$2\" >/dev/full")
    #expect(full.hasPrefix("utter: standard output: cannot be written: No space left on device\n"))
    for prefix in ["", "trap '' PIPE;"] {
      #expect(try shell("\(prefix) \"$0\" transcribe --model \"$1\" \"$2\" | true") == "")
    }
  }

  /// Also where whoever started the command blocks the signal, as threads of libdispatch do.
  @Test(arguments: ["", "env --block-signal=INT"])
  func interruptExitsWith130(_ prefix: String) throws {
    // A pipe opens for writing once the command reads it; then it waits for the rest of its input.
    let errors = try shell(
      """
      mkfifo "$3/pipe"
      \(prefix) "$0" transcribe --model "$1" "$3/pipe" &
      exec 9>"$3/pipe"
      kill -INT $!; wait $!; echo $? >&2
      """)
    #expect(errors == "130\n")
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Runs a script in a folder of its own and returns its standard error.
  private func shell(_ script: String) throws -> String {
    try withTemporaryFolder { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", script, CommandRunner.program.path, model, speech, folder.path]
      let pipe = Pipe()
      process.standardError = pipe
      try process.run()
      let errors = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return String(decoding: errors, as: UTF8.self)
    }
  }
}
