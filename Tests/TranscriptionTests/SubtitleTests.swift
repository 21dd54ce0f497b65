import Foundation
import Testing
import Transcription

@Suite struct SubtitleTests {
  @Test func shortSegmentIsOneCue() {
    let cues = Cue.cues(of: [words("hello there.", from: 1)])
    #expect(cues == [Cue(start: 1, end: 2, lines: ["hello there."])])
  }

  @Test func linesAreBalancedAndShort() throws {
    let text = "the summer passed away and the bleak fall came and then"
    let cues = Cue.cues(of: [words(text, from: 0, each: 0.25)])
    let cue = try #require(cues.first)
    #expect(cues.count == 1)
    #expect(cue.lines == ["the summer passed away and", "the bleak fall came and then"])
  }

  @Test func longSegmentsAreSplitAtWords() {
    let text = (0..<200).map { "word\($0)" }.joined(separator: " ")
    let cues = Cue.cues(of: [words(text, from: 0, each: 0.4), words("the end.", from: 90)])
    #expect(cues.flatMap(\.lines).joined(separator: " ") == text + " the end.")
    for cue in cues {
      #expect(cue.lines.count <= 2)
      #expect(cue.lines.allSatisfy { $0.count <= 42 })
      #expect(cue.end - cue.start <= 7.001)
      #expect(cue.end > cue.start)
    }
    #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end <= $1.start + 0.001 })
    #expect(cues.last?.lines == ["the end."])
  }

  @Test func wordsAreShownWhileTheyAreSaid() throws {
    var said = words("one & two", from: 1)
    said[1].start += 0.1
    let cues = Cue.cues(of: [said], highlightsWords: true)
    #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end == $1.start })
    let plain = Cue.cues(of: [said])
    #expect(cues.first?.start == plain.first?.start && cues.last?.end == plain.last?.end)
    let lines = Subtitles.vtt(cues).joined().split(separator: "\n").filter { $0.contains("one") }
    #expect(Set(lines).isSuperset(of: ["<u>one</u> &amp; two", "one <u>&amp;</u> two"]))
    #expect(lines.contains("one &amp; two"))
    // Also on second lines, and behind the number of a channel.
    var many = words((1...12).map { "word\($0)" }.joined(separator: " "), from: 0, each: 0.4)
    for index in many.indices { many[index].channel = 2 }
    let text = Subtitles.srt(Cue.cues(of: [many], highlightsWords: true)).joined()
    #expect(text.contains("[2] <u>word1</u> word2"))
    for number in 1...12 { #expect(text.contains("<u>word\(number)</u>")) }
    #expect(text.replacing("<u>", with: "").replacing("</u>", with: "").contains("[2] word1 word2"))
  }

  @Test func pauseEndsACue() {
    let cues = Cue.cues(of: [words("before", from: 0) + words("after", from: 3)])
    #expect(cues.map(\.lines) == [["before"], ["after"]])
  }

  @Test func wordWithoutLengthStaysAMoment() {
    let word = TimedWord(word: "oh", start: 2, end: 2, confidence: 1)
    #expect(Cue.cues(of: [[word]]) == [Cue(start: 2, end: 3, lines: ["oh"])])
  }

  @Test func endlessWordIsCutToItsEnd() {
    let word = TimedWord(word: "oh", start: 0, end: 60, confidence: 1)
    #expect(Cue.cues(of: [[word]]) == [Cue(start: 53, end: 60, lines: ["oh"])])
  }

  @Test func wordLongerThanALineIsKept() {
    let long = String(repeating: "x", count: 60)
    #expect(Cue.cues(of: [words("a \(long) b", from: 0)]).flatMap(\.lines) == ["a", long, "b"])
  }

  @Test func subRip() {
    let cues = [
      Cue(start: 0.5, end: 1.25, lines: ["one", "two"]),
      Cue(start: 3_599.9996, end: 360_000, lines: ["a < b"]),
    ]
    #expect(
      Subtitles.srt(cues).joined() == """
        1
        00:00:00,500 --> 00:00:01,250
        one
        two

        2
        01:00:00,000 --> 100:00:00,000
        a < b

        """)
    #expect(Subtitles.srt([]).joined() == "")
  }

  @Test func webVTT() {
    let cues = [
      Cue(start: 0, end: 61.001, lines: ["a < b & c --> d"]),
      Cue(start: 62, end: 63, lines: ["one", "two"]),
    ]
    #expect(
      Subtitles.vtt(cues).joined() == """
        WEBVTT

        00:00:00.000 --> 00:01:01.001
        a &lt; b &amp; c --&gt; d

        00:01:02.000 --> 00:01:03.000
        one
        two

        """)
    #expect(Subtitles.vtt([]).joined() == "WEBVTT\n")
  }

  private func words(_ text: String, from start: Double, each: Double = 0.5) -> [TimedWord] {
    text.split(separator: " ").enumerated().map { index, word in
      let begin = start + Double(index) * each
      return TimedWord(word: String(word), start: begin, end: begin + each, confidence: 1)
    }
  }
}
