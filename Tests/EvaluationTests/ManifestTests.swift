import Evaluation
import Testing

/// What manifests say, and what is wrong with them.
@Suite struct ManifestTests {
  @Test func linesOfNeMoAreRead() throws {
    let manifest = try Manifest(
      jsonLines: """
        {"audio_filepath": "a/b.flac", "text": "open userId", "duration": 2.5}

        {"audio_filepath": "/c.wav", "text": "", "offset": 1, "duration": 2, \
        "vocabulary": ["kubectl\\tspoken=cube control", "C#"], "voice": "awb", "count": 3}
        {"audio_filepath": "d.wav", "text": "it’s", "duration": null, "vocabulary": null}
        """, path: "/data/set.jsonl")
    let entries = manifest.entries
    #expect(entries.map(\.line) == [1, 3, 4])
    #expect(entries.map(\.recording) == ["/data/a/b.flac", "/c.wav", "/data/d.wav"])
    #expect(entries.map(\.text) == ["open userId", "", "it’s"])
    #expect(entries.map(\.offset) == [0, 1, 0])
    #expect(entries.map(\.duration) == [2.5, 2, nil])
    #expect(entries[1].vocabulary == ["kubectl\tspoken=cube control", "C#"])
    #expect(entries[0].vocabulary.isEmpty)
    #expect(entries[1].fields["voice"] == "awb")
    #expect(entries[1].fields["count"] == "3")
    #expect(entries[1].fields["vocabulary"] == nil)
  }

  @Test func linesEndInEitherWay() throws {
    let line = "{\"audio_filepath\": \"a.wav\", \"text\": \"x\u{2028}y\u{85}\"}"
    let manifest = try Manifest(jsonLines: "\(line)\r\n\r\n\(line)\n", path: "a.jsonl")
    #expect(manifest.entries.map(\.line) == [1, 3])
    #expect(manifest.entries[0].text == "x\u{2028}y\u{85}")
  }

  static let mistakes: [(line: String, reason: String)] = [
    ("nothing", "is no JSON object"),
    ("[1]", "is no JSON object"),
    (#"{"audio_filepath": "a.wav", "text": "x""#, "is no JSON object"),
    (#"{"text": "x"}"#, "has no \"audio_filepath\""),
    (#"{"audio_filepath": "a.wav"}"#, "has no \"text\""),
    (#"{"audio_filepath": "", "text": "x"}"#, "\"audio_filepath\" is no name of a file"),
    (#"{"audio_filepath": ["a"], "text": "x"}"#, "\"audio_filepath\" is no text"),
    (#"{"audio_filepath": "a", "text": 3}"#, "\"text\" is no text"),
    (#"{"audio_filepath": "a", "text": "", "offset": -1}"#, "\"offset\" is no number of seconds"),
    (#"{"audio_filepath": "a", "text": "", "offset": 1e99}"#, "\"offset\" is no number of seconds"),
    (
      #"{"audio_filepath": "a", "text": "", "duration": "long"}"#,
      "\"duration\" is no number of seconds"
    ),
    (
      #"{"audio_filepath": "a", "text": "", "vocabulary": "a"}"#,
      "\"vocabulary\" is no list of texts"
    ),
    (
      #"{"audio_filepath": "a", "text": "", "vocabulary": [1]}"#,
      "\"vocabulary\" is no list of texts"
    ),
  ]

  @Test(arguments: mistakes) func mistakesAreNamedWithTheirLine(_ line: String, _ reason: String)
    throws
  {
    let good = #"{"audio_filepath": "a.wav", "text": "x"}"#
    #expect(throws: EvaluationError.line(path: "set.jsonl", number: 3, reason: reason)) {
      try Manifest(jsonLines: "\(good)\n\n\(line)\n", path: "set.jsonl")
    }
    #expect(
      EvaluationError.line(path: "set.jsonl", number: 3, reason: reason).description
        == "set.jsonl:3: \(reason)")
  }

  @Test(arguments: ["", "\n\n  \r\n"]) func emptyManifestsAreRefused(_ text: String) {
    #expect(throws: EvaluationError.empty(path: "x.jsonl")) {
      try Manifest(jsonLines: text, path: "x.jsonl")
    }
  }

  @Test func textsThatCannotBeAlignedAreRefused() {
    let text = String(repeating: "word ", count: 20_000)
    #expect(
      throws: EvaluationError.line(
        path: "x.jsonl", number: 1, reason: "its text is too long to be aligned")
    ) {
      try Manifest(jsonLines: #"{"audio_filepath": "a", "text": "\#(text)"}"#, path: "x.jsonl")
    }
  }

  @Test func listsForLibriSpeechAreRead() throws {
    let text = """
      1089-1\tthe bleak fall\t["bleak"]\t["ahearn", "bleak"]
      1089-2\tit is\t[]\t["clay's"]
      """
    let recordings = ["1089-1": "/r/1089-1.flac", "1089-2": "/r/1089-2.flac"]
    let entries = try Manifest(
      biasingLists: text, path: "lists.tsv", recordings: recordings
    ).entries
    #expect(entries.map(\.recording) == ["/r/1089-1.flac", "/r/1089-2.flac"])
    #expect(entries.map(\.text) == ["the bleak fall", "it is"])
    #expect(entries.map(\.vocabulary) == [["ahearn", "bleak"], ["clay's"]])
  }

  @Test func mistakesInListsForLibriSpeechAreNamed() {
    func error(_ text: String) -> EvaluationError? {
      do throws(EvaluationError) {
        _ = try Manifest(biasingLists: text, path: "l.tsv", recordings: ["a": "/a.flac"])
        return nil
      } catch {
        return error
      }
    }
    #expect(
      error("a\tx\t[]") == .line(path: "l.tsv", number: 1, reason: "has 3 columns and not four"))
    #expect(
      error("a\tx\t[]\t[]\na\tx\t[]\tx")
        == .line(path: "l.tsv", number: 2, reason: "its last column is no list of words"))
    #expect(
      error("b\tx\t[]\t[]") == .noRecording(path: "l.tsv", number: 1, recording: "b"))
  }

  /// Damaged manifests are read or refused, and never stop the program.
  @Test func damagedManifestsAreRefused() {
    let good = Array(
      #"""
      {"audio_filepath": "a.wav", "text": "open userId", "offset": 1.5, "vocabulary": ["a", "b"]}
      {"audio_filepath": "b.wav", "text": "", "duration": 2, "voice": "awb"}
      """#.utf8)
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<500 {
      var bytes = good
      for _ in 0...next(3) {
        switch next(3) {
        case 0: bytes[next(bytes.count)] = UInt8(next(256))
        case 1: bytes.remove(at: next(bytes.count))
        default: bytes.insert(UInt8(next(256)), at: next(bytes.count))
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if let manifest = try? Manifest(jsonLines: text, path: "x.jsonl") {
        #expect(!manifest.entries.isEmpty)
      }
      _ = try? Manifest(biasingLists: text, path: "x.tsv", recordings: [:])
    }
  }
}
