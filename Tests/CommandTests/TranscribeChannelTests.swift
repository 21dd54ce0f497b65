import Foundation
import TestSupport
import Testing

/// Which channels and tracks are heard.
@Suite struct TranscribeChannelTests {
  /// The speech of the other tests on one side of a stereo recording, and its end later on the
  /// other.
  private static func withCall(_ body: (String) throws -> Void) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: speech)).dropFirst(44)
    let speech = bytes.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
    let silence = [Int16](repeating: 0, count: speech.count)
    let stereo = zip(speech + silence, silence + speech).flatMap { [$0, $1] }
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "call.wav")
      try Wave(stereo, channels: 2).bytes().write(to: file)
      try body(file.path)
    }
  }

  @Test func eachChannelIsHeardByItself() throws {
    try Self.withCall { call in
      let left = try transcribe(["--channels", "left", call])
      let right = try transcribe(["--channels", "2", call])
      let split = try transcribe(["--channels", "split", call])
      #expect(left.errors + right.errors + split.errors == "")
      let words = { (text: String) in text.split { $0 == " " || $0 == "\n" }.map(String.init) }
      let parts = split.output.split(separator: "\n")
      #expect(parts.allSatisfy { $0.hasPrefix("[1] ") || $0.hasPrefix("[2] ") })
      for (mark, alone) in [("[1]", left), ("[2]", right)] {
        let said = parts.filter { $0.hasPrefix(mark) }.flatMap { words(String($0)).dropFirst() }
        #expect(said == words(alone.output))
      }
    }
  }

  @Test func documentsNameTheChannel() throws {
    try Self.withCall { call in
      let json = try transcribe(["--json", "--channels", "split", call]).output
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      for list in ["segments", "words", "tokens"] {
        let items = try #require(document[list] as? [[String: Any]])
        #expect(Set(items.compactMap { $0["channel"] as? Int }) == [1, 2], "\(list)")
      }
      let starts = try #require(document["segments"] as? [[String: Any]]).compactMap {
        $0["start"] as? Double
      }
      #expect(starts == starts.sorted())
      let subtitles = try transcribe(["--format", "srt", "--channels", "split", call]).output
      #expect(subtitles.contains("\n[1] ") && subtitles.contains("\n[2] "))
    }
  }

  @Test func whatIsNotThereIsAnError() throws {
    let channel = try transcribe(["--channels", "right", speech])
    #expect(channel.errors.hasPrefix("utter: \(speech): has one channel, and no channel 2\nhint: "))
    #expect(channel.code == 65)
    for wrong in [
      ["--channels", "both"], ["--channels", "0"], ["--track", "0"], ["--track", "?"],
    ] {
      #expect(try transcribe(wrong + [speech]).code == 2)
    }
  }
}
