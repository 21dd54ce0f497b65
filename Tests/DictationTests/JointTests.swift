import Dictation
import Foundation
import Recognition
import TestSupport
import Testing

/// Where utterances are cut, no word is lost and none is made up.
@Suite struct JointTests {
  @Test func wordsAtTheVeryEndsAreKept() throws {
    let recognizer = try Recognizer.starter()
    for (number, words) in [
      ("03", "seven zero nine four four seven"), ("12", "two seven nine zero eight five zero"),
      ("13", "eight five nine two"),
    ] {
      let samples = try Signals.digits(number, tight: true)
      #expect(try Dictating.whole(samples, recognizer).text == words, "\(number)")
    }
  }

  @Test func pausesLoseNoWord() throws {
    let dictating = try Dictating.whole(Signals.digitsWithPauses(), Recognizer.starter())
    let spoken = [
      "seven zero nine four four seven", "two seven nine zero eight five zero",
      "seven zero nine four four seven",
    ]
    #expect(dictating.text == spoken.joined(separator: " "))
    #expect(dictating.session.utteranceEnds.count >= 3)
    let transcript = try #require(dictating.transcript)
    let starts = transcript.words.map(\.start)
    #expect(starts == starts.sorted())
    // 0.3 s of noise, 2.856 and 3.671 s of recordings, and pauses of 0.8 and 1.5 s come before.
    #expect((9.1...9.6).contains(transcript.words[13].start), "\(transcript.words[13])")
  }

  @Test func speechWithoutAPauseIsCutWhereItIsQuietest() throws {
    var samples = Signals.syllables(40)
    let dips = [9.6, 20, 29.04]
    for dip in dips {
      for index in Int((dip - 0.1) * 16_000)..<Int((dip + 0.1) * 16_000) { samples[index] *= 0.05 }
    }
    let ends = try Dictating.whole(samples, Recognizer.starter()).session.utteranceEnds
    #expect(ends.count == 4)
    for (end, dip) in zip(ends, dips) {
      #expect(abs(Double(end) / 16_000 - dip) <= 0.08, "\(end)")
      #expect(end.isMultiple(of: 1_280))
    }
  }

  @Test func anHourOfSilenceStaysSmall() throws {
    var dictating = Dictating(try Recognizer.starter())
    let minute = Signals.noise(60, level: -68)
    let words = try Signals.digits("03")
    var stored = 0
    for index in 0..<60 {
      try dictating.feed(minute, inPiecesOf: 16_000)
      if index % 20 == 10 { try dictating.feed(words, inPiecesOf: 16_000) }
      stored = max(stored, dictating.session.storedSamples)
    }
    try dictating.finish()
    let spoken = [String](repeating: "seven zero nine four four seven", count: 3)
    #expect(dictating.text == spoken.joined(separator: " "))
    #expect(stored < 10 * 16_000)
    let statistics = try #require(dictating.statistics)
    #expect(statistics.audioSeconds > 3_600 && statistics.decodedSeconds < 30)
    #expect(try #require(dictating.transcript?.words.last).start > 3_000)
  }

  /// A recording with its words, among those beside the clone.
  private struct Row: Decodable {
    let audio_filepath, text: String
  }

  /// Word error rate of dictating, in percentage points above one pass's, with a quick recogniser
  /// and with one that leaves the least speech pending.
  @Test(arguments: ["long/digits_concat.flac", "long/librispeech_concat.flac"])
  func dictatingHearsAsWellAsOnePass(_ path: String) throws {
    guard let audio = Fixtures.shared?.appending(path: "audio") else {
      print("joints: 0 long recordings, for there are none beside the clone")
      return
    }
    let rows = try String(contentsOf: audio.appending(path: "manifest.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    let reference = try #require(rows.first { $0.audio_filepath == path }).text
    let samples = try Recordings.samples(audio.appending(path: path))
    let recognizer = try Recognizer.starter()
    let texts = [
      try samples.withUnsafeBufferPointer { try recognizer.transcribe($0).text },
      try Dictating.whole(samples, recognizer).text ?? "",
      try Dictating.whole(samples, recognizer, rtf: 0.15).text ?? "",
    ]
    let rates = texts.map { WordErrors.percent(in: $0, against: reference) }
    print("\(path): WER \(rates[0]) in one pass, \(rates[1]) dictated, \(rates[2]) at RTF 0.15")
    #expect(rates[1] <= rates[0] + 0.5 && rates[2] <= rates[0] + 0.5)
  }
}
