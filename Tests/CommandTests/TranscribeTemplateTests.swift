import Testing
import utter

@Suite struct TranscribeTemplateTests {
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
    #expect(throws: (any Error).self) { try OutputTemplate("{title}.txt") }
  }

  @Test func onePathForTwoRecordingsIsRefused() throws {
    let template = try OutputTemplate("{stem}.txt")
    #expect(throws: (any Error).self) { try template.check(["a/x.wav", "b/x.wav"], format: .text) }
    try template.check(["a/x.wav", "a/y.wav"], format: .text)
  }

  @Test func overwritingARecordingIsRefused() throws {
    let template = try OutputTemplate("{folder}/{name}")
    #expect(throws: (any Error).self) { try template.check(["a/x.wav"], format: .text) }
  }
}
