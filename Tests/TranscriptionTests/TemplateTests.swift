import Testing
import Transcription

@Suite struct TemplateTests {
  @Test(arguments: [
    ("{stem}.{format}", "talks/monday.wav", "monday.srt"),
    ("{folder}/{name}.{format}", "talks/monday.wav", "/talks/monday.wav.srt"),
    ("{folder}/{stem}.txt", "monday.wav", "./monday.txt"),
    ("out/{stem}-{stem}", "/a/b.c.flac", "out/b.c-b.c"),
    ("{stem}", "-", "stdin"),
    ("plain.srt", "monday.wav", "plain.srt"),
    ("{stem", "monday.wav", "{stem"),
  ])
  func namesAreFilledIn(template: String, input: String, expected: String) throws {
    let path = try OutputTemplate(template).path(for: input, format: .srt)
    #expect(path == expected || path.hasSuffix(expected))
  }

  @Test func namesAreNotFilledInTwice() throws {
    let path = try OutputTemplate("{stem}.{format}").path(for: "{format}.wav", format: .text)
    #expect(path == "{format}.txt")
  }

  @Test func unknownNameIsRefused() {
    #expect(throws: TranscriptionError.unknownField("{title}")) {
      try OutputTemplate("{stem} {title}.txt")
    }
  }

  @Test func onePathForTwoRecordingsIsRefused() throws {
    let template = try OutputTemplate("{stem}.txt")
    let shared = TranscriptionError.sharedPath("x.txt", first: "a/x.wav", second: "b/x.wav")
    #expect(throws: shared) { try template.check(["a/x.wav", "b/x.wav"], format: .text) }
    try template.check(["a/x.wav", "a/y.wav"], format: .text)
  }

  @Test func overwritingARecordingIsRefused() throws {
    let template = try OutputTemplate("{folder}/{name}")
    #expect {
      try template.check(["a/x.wav"], format: .text)
    } throws: {
      guard case .overwritesRecording(let path)? = $0 as? TranscriptionError else { return false }
      return path.hasSuffix("/a/x.wav")
    }
  }
}
