import Foundation
import TestSupport
import Testing

/// The command's manners, with a model of random weights: what it says is nonsense, but the same
/// nonsense every time.
@Suite struct TranscribeTests {
  @Test func textOfOneFileIsJustText() throws {
    let outcome = try transcribe([speech])
    #expect(outcome.output == nonsense + "\n")
    #expect(outcome.errors == "")
    #expect(outcome.code == 0)
  }

  @Test func jsonOfOneFileIsAnObject() throws {
    let outcome = try transcribe(["--json", speech])
    #expect(outcome.errors == "")
    let document = try object(outcome.output)
    #expect(
      Set(document.keys) == [
        "file", "model", "precision", "duration", "text", "raw", "segments", "words", "terms",
        "tokens", "timing_ms", "rtf",
      ])
    #expect(document["file"] as? String == speech)
    #expect(document["model"] as? String == model)
    #expect(document["duration"] as? Double == 1.702)
    #expect(document["text"] as? String == nonsense)
    #expect(try keys(document, "segments") == ["start", "end", "text"])
    #expect(try keys(document, "words") == ["word", "start", "end", "confidence"])
    #expect(
      try keys(document, "tokens") == [
        "id", "piece", "frame", "duration", "logprob", "confidence",
      ])
    let timing = try #require(document["timing_ms"] as? [String: Double])
    #expect(Set(timing.keys) == ["load", "features", "encoder", "decoder", "formatting", "total"])
    #expect(timing.values.allSatisfy { $0 > 0 })
  }

  @Test(arguments: ["float32", "int8"]) func jsonNamesThePrecision(_ precision: String) throws {
    let document = try object(
      try transcribe(["--json", "--precision", precision, speech]).output)
    #expect(document["precision"] as? String == precision)
  }

  @Test func jsonOfSeveralFilesIsAnArray() throws {
    let outcome = try transcribe(["--json", speech, "/no/such.wav", shorter])
    let documents = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(documents.map { $0["file"] as? String } == [speech, shorter])
    #expect(outcome.code == 1)
    #expect(try transcribe(["--json", "/no/a.wav", "/no/b.wav"]).output == "[]\n")
  }

  @Test func severalFilesGiveALineEachAndErrorsGoToStandardError() throws {
    let outcome = try transcribe([speech, "/no/such.wav", speech])
    let line = "\(speech)\t\(nonsense)\n"
    #expect(outcome.output == line + line)
    let errors = """
      utter: /no/such.wav: cannot be opened: No such file or directory
      hint: check the spelling and the directory

      """
    #expect(try transcribe(["--quiet", speech, "/no/such.wav", speech]).errors == errors)
    #expect(outcome.errors.hasPrefix(errors + "utter: 2 recordings, 1 failed, 0:03 of audio in "))
    #expect(outcome.code == 1)
  }

  @Test func subtitlesOfOneFile() throws {
    let srt = try transcribe(["--format", "srt", speech]).output
    #expect(srt == "1\n00:00:00,000 --> 00:00:01,440\n\(nonsense)\n")
    let vtt = try transcribe(["--format", "vtt", speech]).output
    #expect(vtt == "WEBVTT\n\n00:00:00.000 --> 00:00:01.440\n\(nonsense)\n")
  }

  @Test func standardInputIsAFile() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: speech))
    let outcome = try transcribe(["-"], input: bytes)
    #expect(outcome.output == nonsense + "\n")
    let empty = try transcribe(["-"])
    #expect(empty.errors.hasPrefix("utter: standard input: delivers no data\n"))
    #expect(empty.code == 66)
  }

  @Test func oneBadFileGivesItsOwnCode() throws {
    #expect(try transcribe(["/no/such.wav"]).code == 66)
    #expect(try withTemporaryFolder { try transcribe([$0.path]).code } == 66)
    #expect(try transcribe([#filePath]).code == 65)
    #expect(try transcribe([#filePath]).output == "")
  }

  @Test func missingFFmpegIsNamed() throws {
    let outcome = try transcribe(
      [Fixtures.committed.appending(path: "audio/tone.m4a").path], environment: ["PATH": "/no/such"]
    )
    #expect(outcome.errors.contains("ffmpeg is not installed\nhint: install ffmpeg, or convert"))
    #expect(outcome.code == 65)
  }

  @Test func modelComesFromFlagThenEnvironment() throws {
    let environment = ["UTTER_MODEL_NAME": "no-such-model"]
    let unknown = try CommandRunner.run(["transcribe", speech], environment: environment)
    #expect(unknown.errors.hasPrefix("utter: no-such-model: no such model\nhint: "))
    #expect(unknown.output == "")
    #expect(unknown.code == 66)
    #expect(try transcribe([speech], environment: environment).code == 0)
  }

  @Test func headThatTheModelLacksIsAnErrorOnce() throws {
    let outcome = try transcribe(["--decoder", "ctc", speech, speech])
    #expect(outcome.errors.split(separator: "\n").count == 2)
    #expect(outcome.code == 65)
  }

  @Test(arguments: [
    [], ["--format", "mp3", "a.wav"], ["--threads", "-1", "a.wav"],
    ["--json", "--format", "srt", "a.wav"], ["--format", "srt", "a.wav", "b.wav"],
    ["--output", "one.txt", "a.wav", "b.wav"], ["--output", "{title}", "a.wav"],
    ["--format", "text,srt", "a.wav"], ["--format", "text,srt", "--output", "a", "a.wav"],
    ["--format", "text,", "a.wav"], ["--mkdir", "a.wav"],
    ["--output", "a.wav", "a.wav"], ["--no-such-flag", "a.wav"],
  ])
  func nonsenseOnTheCommandLineExitsWithTwo(arguments: [String]) throws {
    let outcome = try CommandRunner.run(["transcribe"] + arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private func keys(_ document: [String: Any], _ list: String) throws -> Set<String> {
    let items = try #require(document[list] as? [[String: Any]])
    return Set(try #require(items.first).keys)
  }
}

/// A model of random weights, and what it hears in a recording.
let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
let speech = Fixtures.committed.appending(path: "wav/s170.wav").path
let shorter = Fixtures.committed.appending(path: "wav/s030.wav").path
let nonsense = "G of"

/// Runs `utter transcribe` with that model, for somebody who has no place for journals.
func transcribe(
  _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
) throws -> CommandRunner.Outcome {
  try CommandRunner.run(
    ["transcribe", "--model", model] + arguments, input: input,
    environment: ["XDG_STATE_HOME": "/proc/none"].merging(environment) { $1 })
}
