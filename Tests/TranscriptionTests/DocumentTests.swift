import Checkpoint
import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Transcription

/// The one document, from tokens that no model decoded.
@Suite struct DocumentTests {
  private let tokenizer: Tokenizer

  init() throws {
    let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
    tokenizer = try Tokenizer(model: Checkpoint.open(model).tokenizerModel)
  }

  @Test func timesHaveThreePlaces() throws {
    let document = document(try said(["▁of", "▁the"]))
    #expect(document.duration == 1.702)
    #expect(document.words.map(\.start) == [0, 0.24])
    #expect(document.words.map(\.end) == [0.24, 0.48])
    #expect(document.segments.map(\.end) == [0.48])
    #expect(document.timing.load == 1234.568)
  }

  @Test func rtfLeavesLoadingOut() throws {
    #expect(document(try said([]), duration: 4).rtf == 0.5)
    #expect(document(try said([]), duration: 0).rtf == 0)
  }

  @Test func jsonIsOneLineWithSortedKeys() throws {
    #expect(
      rendered(document(try said(["▁of"]), duration: 4), .json) == """
        {"duration":4,"file":"a/b.wav","model":"m","precision":"float32","raw":"of","rtf":0.5,\
        "segments":[{"end":0.24,"start":0,"text":"of"}],"terms":[],"text":"of",\
        "timing_ms":{"decoder":3,"encoder":2,"features":1,"formatting":4,"load":1234.568,\
        "total":2000},\
        "tokens":[{"confidence":0.5,"duration":3,"frame":0,"id":44,"logprob":-1,"piece":"▁of"}],\
        "words":[{"confidence":0.5,"end":0.24,"start":0,"word":"of"}]}

        """)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func numbersThatJSONDoesNotKnowAreReplaced(_ number: Float) throws {
    var transcript = try said(["▁of"])
    transcript.words[0].confidence = number
    transcript.tokens[0].confidence = number
    transcript.tokens[0].logProbability = number
    let document = document(transcript)
    #expect(document.words[0].confidence == 0 && document.tokens[0].confidence == 0)
    #expect(document.tokens[0].logprob == -Float.greatestFiniteMagnitude)
    let json = Data(rendered(document, .json).utf8)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: json) }
  }

  @Test func cuesFollowTheSegments() throws {
    let document = document(try said(["▁of", ".", "▁the"]))
    #expect(document.segments.map(\.words) == [0..<1, 1..<2])
    #expect(Cue.cues(of: document).map(\.lines) == [["of."], ["the"]])
  }

  /// Words that rules make of others belong to the segment in which they begin.
  @Test func segmentsHoldTheWordsThatAreWritten() throws {
    let transcript = try said(["▁of", ".", "▁of", "▁of"])
    var text = FormattedText()
    text.text = "OF. O2"
    text.words = [
      .init(text: "OF.", start: 0, end: 0.24, confidence: 1, heard: 0..<1),
      .init(text: "O2", start: 0.48, end: 0.96, confidence: 1, heard: 1..<3),
    ]
    let document = document(transcript, text: text)
    #expect(document.segments.map(\.text) == ["OF.", "O2"])
    #expect(document.segments.map(\.words) == [0..<1, 1..<2])
    #expect(document.text == "OF. O2" && document.raw == transcript.text)
  }

  @Test func tablesHaveARowForEachSegment() throws {
    let document = document(try said(["▁of", "▁the"]), text: quoted)
    #expect(rendered(document, .csv) == "start,end,text\r\n0.0,0.48,\"say \"\"of\"\"\"\r\n")
    #expect(rendered(document, .tsv) == "start\tend\ttext\n0\t480\tsay \"of\"\n")
  }

  @Test func markdownHasAParagraphForEachSegment() throws {
    var text = FormattedText()
    text.words = [.init(text: "a_b *c*", start: 0, end: 0.2, confidence: 1, heard: 0..<1)]
    #expect(
      rendered(document(try said(["▁of"]), text: text), .md)
        == "# b.wav\n\n`00:00:00` a\\_b \\*c\\*\n")
  }

  /// Times count from the start of the recording, also where a part was heard.
  @Test func timeMarkedWordsAreFields() throws {
    var part = document(try said(["▁of", ".", "▁the"]), text: quoted)
    part.offset = 10
    #expect(
      rendered(part, .ctm) == "b 1 10.0 0.24 say 1.0\nb 1 10.24 0.24 \"of\" 0.5\n")
  }

  @Test func tiersHaveNoHoles() throws {
    let grid = rendered(document(try said(["▁of", ".", "▁the"]), text: quoted), .textgrid)
    #expect(grid.hasPrefix("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\n"))
    let words = try #require(grid.components(separatedBy: "name = \"words\"").last)
    let lines = words.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines.dropFirst(3) == [
        "intervals [1]:", "xmin = 0.0", "xmax = 0.24", "text = \"say\"",
        "intervals [2]:", "xmin = 0.24", "xmax = 0.48", "text = \"\"\"of\"\"\"",
        "intervals [3]:", "xmin = 0.48", "xmax = 1.702", "text = \"\"",
      ])
  }

  @Test func manifestsKeepWhatTheySaid() throws {
    var document = document(try said(["▁of"]))
    #expect(
      rendered(document, .jsonl)
        == "{\"audio_filepath\":\"a/b.wav\",\"duration\":1.702,\"pred_text\":\"of\"}\n")
    document.manifestLine = #"{"audio_filepath": "b.wav", "duration": 2.5, "speaker": 3}"#
    #expect(
      rendered(document, .jsonl)
        == #"{"audio_filepath":"b.wav","duration":2.5,"pred_text":"of","speaker":3}"# + "\n")
  }

  /// Two words in a segment, one of them in quotation marks.
  private var quoted: FormattedText {
    var text = FormattedText()
    text.text = "say \"of\""
    text.words = [
      .init(text: "say", start: 0, end: 0.24, confidence: 1, heard: 0..<1),
      .init(text: "\"of\"", start: 0.24, end: 0.48, confidence: 0.5, heard: 0..<1),
    ]
    return text
  }

  private func rendered(_ document: TranscriptDocument, _ format: OutputFormat) -> String {
    format.text(of: document).joined()
  }

  /// Pieces of three encoder frames each.
  private func said(_ pieces: [String]) throws -> Transcript {
    let tokens = try pieces.enumerated().map { index, piece in
      Token(
        id: try #require((0..<tokenizer.count).first { tokenizer.piece($0) == piece }),
        frame: 3 * index, duration: 3, logProbability: -1, confidence: 0.5)
    }
    return TranscriptBuilder(tokenizer: tokenizer, timing: .tdt).transcript(tokens: tokens)
  }

  private func document(
    _ transcript: Transcript, text: FormattedText? = nil, duration: Double = 1.702_12
  ) -> TranscriptDocument {
    TranscriptDocument(
      file: "a/b.wav", model: "m", precision: .float32, duration: duration,
      transcript: transcript, text: text ?? FormattedText(transcript), tokenizer: tokenizer,
      timing: .init(
        load: 1.234_567_8, features: 0.001, encoder: 0.002, decoder: 0.003, formatting: 0.004,
        total: 2))
  }
}
