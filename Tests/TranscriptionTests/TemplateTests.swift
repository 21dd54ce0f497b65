import System
import Testing
import Transcription

@Suite struct TemplateTests {
  @Test(arguments: [
    ("{stem}.{format}", "talks/monday.wav", "monday.srt"),
    ("{folder}/{name}.{format}", "talks/monday.wav", "talks/monday.wav.srt"),
    ("{folder}/{stem}.txt", "monday.wav", "./monday.txt"),
    ("out/{stem}-{stem}", "/a/b.c.flac", "out/b.c-b.c"),
    ("{stem}", "-", "stdin"),
    ("plain.srt", "monday.wav", "plain.srt"),
    ("{stem", "monday.wav", "{stem"), ("{{stem}}", "monday.wav", "{monday}"),
    ("{folder}/{stem}", "/monday.wav", "//monday"), ("{stem}", "a/.wav", ".wav"),
    ("{folder}/{stem}", "a/\u{301}b.wav", "a/\u{301}b"), ("{stem}\u{301}", "a.wav", "a\u{301}"),
  ])
  func namesAreFilledIn(template: String, input: String, expected: String) throws {
    let path = try OutputTemplate(template).path(for: input, format: .srt)
    #expect(FilePath(path) == FilePath(expected))
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

  @Test func namesAreBytes() throws {
    let odd = FilePath(bytes: [0x63, 0xE9]).spelling
    let path = try OutputTemplate("\(odd)/{stem}").path(for: "\(odd)/\(odd).wav", format: .text)
    #expect(FilePath(path).bytes == [0x63, 0xE9, 0x2F, 0x63, 0xE9])
  }
}
