import Recognition
import Testing

/// Corners of the rules that no recording shows.
@Suite struct TranscriptTests {
  private static let pieces = [
    "<unk>", "▁", "▁a", "▁b", "c", ".", ",", "!", "▁,", "<0x41>", "▁▁", "?!",
  ]

  /// A builder over the pieces above.
  private static func builder(
    _ timing: TokenTiming = .rnnt, separators: [String] = [".", "?", "!"], gap: Int? = nil
  ) throws -> TranscriptBuilder {
    let tokenizer = try TokenizerModelWriter.tokenizer(Array(pieces.dropFirst()))
    return TranscriptBuilder(
      tokenizer: tokenizer, timing: timing, separators: separators, gapThreshold: gap)
  }

  private static func tokens(
    _ spelling: [String], frames: [Int]? = nil, durations: [Int]? = nil, confidences: [Float]? = nil
  ) throws -> [Token] {
    try spelling.enumerated().map { index, piece in
      Token(
        id: try #require(pieces.firstIndex(of: piece)), frame: frames?[index] ?? index,
        duration: durations?[index] ?? 1, logProbability: -0.5,
        confidence: confidences?[index] ?? 1)
    }
  }

  @Test func nothingGivesNothing() throws {
    let transcript = try Self.builder().transcript(tokens: [])
    #expect(transcript.text.isEmpty)
    #expect(transcript.words.isEmpty)
    #expect(transcript.segments.isEmpty)
  }

  /// Whatever a tokenizer's pieces hold: what a terminal obeys is no text.
  @Test func controlCharactersAreDropped() throws {
    let pieces = ["▁a\u{1b}]0;T\u{7}", "▁b\nc", "\u{202e}d\u{2066}", "\u{9b}2J", "\u{85}"]
    let tokenizer = try TokenizerModelWriter.tokenizer(pieces)
    let builder = TranscriptBuilder(tokenizer: tokenizer, timing: .rnnt)
    let tokens = (1...pieces.count).map {
      Token(id: $0, frame: $0, duration: 1, logProbability: 0, confidence: 1)
    }
    let transcript = builder.transcript(tokens: tokens)
    #expect(transcript.text == "a]0;T b cd2J ")
    #expect(transcript.words.map(\.text) == ["a]0;T", "b cd2J "])
    #expect(transcript.segments.map(\.text) == ["a]0;T b cd2J "])
  }

  @Test func oneSpaceGoesBeforeAMark() throws {
    let builder = try Self.builder()
    #expect(builder.text(of: try Self.tokens(["▁a", "▁", ",", "▁b"])) == "a, b")
    #expect(builder.text(of: try Self.tokens(["▁a", "▁", "▁", ","])) == "a ,")
    #expect(builder.text(of: try Self.tokens(["▁a", "▁,", "."])) == "a,.")
    #expect(builder.text(of: try Self.tokens(["▁a", "▁"])) == "a ")
  }

  @Test func aBareMarkOfSpaceBeforePunctuationIsDropped() throws {
    let transcript = try Self.builder().transcript(
      tokens: try Self.tokens(["▁a", "▁", "c", "▁", ","]))
    #expect(transcript.words.map(\.text) == ["a", "c", ","])
    #expect(transcript.words.map(\.tokens) == [0..<1, 1..<3, 3..<5])
  }

  @Test func punctuationAfterASpaceJoinsTheFinishedWord() throws {
    // "▁▁" alone decodes to a space: it ends a word and begins none.
    let transcript = try Self.builder().transcript(
      tokens: try Self.tokens(
        ["▁▁", "▁a", "▁▁", ",", "▁b"], frames: [2, 3, 5, 8, 9], confidences: [1, 1, 1, 0.25, 0.5]))
    #expect(transcript.words.map(\.text) == ["a,", "b"])
    #expect(transcript.words.map(\.tokens) == [1..<4, 4..<5])
    #expect(transcript.words.map(\.startFrame) == [2, 9])
    #expect(transcript.words.map(\.endFrame) == [9, 10])
    #expect(transcript.words.map(\.confidence) == [0.25, 0.5])
  }

  @Test func leadingPunctuationIsAWord() throws {
    let transcript = try Self.builder().transcript(tokens: try Self.tokens([",", "▁a"]))
    #expect(transcript.words.map(\.text) == [",", "a"])
  }

  @Test func punctuationMovesBackInTDTOnly() throws {
    let tokens = try Self.tokens(
      [".", "▁a", ".", "."], frames: [0, 2, 9, 12], durations: [1, 3, 2, 1])
    let tdt = try Self.builder(.tdt).transcript(tokens: tokens)
    #expect(tdt.tokenTimes.map(\.start) == [0, 2, 5, 5])
    #expect(tdt.tokenTimes.map(\.end) == [1, 5, 5, 5])
    let rnnt = try Self.builder(.rnnt).transcript(tokens: tokens)
    #expect(rnnt.tokenTimes.map(\.start) == [0, 2, 9, 12])
    #expect(rnnt.tokenTimes.map(\.end) == [1, 3, 10, 13])
  }

  @Test func ctcTokensReachFromEmissionToEmission() throws {
    let tokens = try Self.tokens(["▁a", "c", "?!", "▁b"], frames: [4, 6, 9, 15])
    let ctc = try Self.builder(.ctc).transcript(tokens: tokens)
    #expect(ctc.tokenTimes.map(\.start) == [3, 4, 6, 9])
    #expect(ctc.tokenTimes.map(\.end) == [4, 6, 6, 15])
    let first = try Self.builder(.ctc).transcript(tokens: try Self.tokens(["▁a"], frames: [0]))
    #expect(first.tokenTimes.map(\.start) == [0])
    #expect(first.tokenTimes.map(\.end) == [0])
  }

  @Test func segmentsEndAtSeparators() throws {
    let tokens = try Self.tokens(["▁a", ".", "▁b", "▁a", "?!", "▁b"])
    let transcript = try Self.builder().transcript(tokens: tokens)
    #expect(transcript.segments.map(\.text) == ["a.", "b a?!", "b"])
    #expect(transcript.segments.map(\.words) == [0..<1, 1..<3, 3..<4])
    #expect(transcript.segments.map(\.startFrame) == [0, 2, 5])
    #expect(transcript.segments.map(\.end) == [0.16, 0.4, 0.48])
    let undivided = try Self.builder(separators: []).transcript(tokens: tokens)
    #expect(undivided.segments.map(\.words) == [0..<4])
  }

  @Test func withAThresholdGapsDivideAndSeparatorsHardly() throws {
    let tokens = try Self.tokens(
      ["▁a", ".", "▁b", "▁a", ".", "▁b", "▁a", "."], frames: [0, 1, 2, 3, 4, 20, 21, 22])
    let transcript = try Self.builder(gap: 10).transcript(tokens: tokens)
    // The first word of a segment may end it, "a." as second word of its segment may not.
    #expect(transcript.segments.map(\.text) == ["a.", "b a.", "b a."])
    let close = try Self.builder(gap: 100).transcript(tokens: tokens)
    #expect(close.segments.map(\.text) == ["a.", "b a. b a."])
  }
}
