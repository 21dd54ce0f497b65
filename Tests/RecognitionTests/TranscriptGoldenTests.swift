import Recognition
import Testing

/// Equality with NeMo's texts and timestamps, but for control characters, which are not written.
@Suite struct TranscriptGoldenTests {
  @Test func thereAreGoldens() {
    #expect(!TranscriptGolden.all.isEmpty)
  }

  @Test(arguments: TranscriptGolden.all)
  func textAndTimes(_ golden: TranscriptGolden) throws {
    let builder = TranscriptBuilder(
      tokenizer: try TokenizerFixtures.tokenizer(golden.tokenizer), timing: golden.timing)
    let transcript = builder.transcript(tokens: try golden.tokens())

    #expect(Array(transcript.text.utf8) == Array(written(golden.text).utf8))
    #expect(transcript.tokenTimes.map(\.start) == golden.frames.char.map(\.startFrame))
    #expect(transcript.tokenTimes.map(\.end) == golden.frames.char.map(\.endFrame))
    #expect(transcript.words.map(\.text) == golden.frames.word.map { $0.word.map(written) })
    #expect(transcript.words.map(\.startFrame) == golden.frames.word.map(\.startFrame))
    #expect(transcript.words.map(\.endFrame) == golden.frames.word.map(\.endFrame))
    #expect(
      transcript.segments.map(\.text) == golden.frames.segment.map { $0.segment.map(written) })
    #expect(transcript.segments.map(\.startFrame) == golden.frames.segment.map(\.startFrame))
    #expect(transcript.segments.map(\.endFrame) == golden.frames.segment.map(\.endFrame))

    guard let timed = golden.timed else { return }
    #expect(transcript.text == written(timed.text))
    #expect(transcript.words.map(\.start) == timed.timestamps.word.map(\.start))
    #expect(transcript.words.map(\.end) == timed.timestamps.word.map(\.end))
    #expect(transcript.segments.map(\.start) == timed.timestamps.segment.map(\.start))
    #expect(transcript.segments.map(\.end) == timed.timestamps.segment.map(\.end))
  }

  /// A text without control characters: random weights choose pieces that hold them.
  private func written(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}
