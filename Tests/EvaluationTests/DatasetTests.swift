import Evaluation
import TestSupport
import Testing

/// Public sets as they lie on the disk.
@Suite struct DatasetTests {
  /// A set of files that are given with their texts.
  private func read(
    _ format: DatasetFormat, _ files: [String: String], table: String? = nil
  ) throws(EvaluationError) -> Manifest {
    try Dataset("/set") {
      files.keys.sorted()
    } text: {
      files[$0]
    }.manifest(format, table: table)
  }

  @Test func librispeech() throws {
    let manifest = try read(
      .librispeech,
      [
        "84/121/84-121.trans.txt": "84-121-0000 GO ON\n84-121-0001 DON'T\n\n84-121-0002\n",
        "84/121/84-121-0000.flac": "", "174/5/174-5.trans.txt": "174-5-0000 YES\n",
      ])
    #expect(
      manifest.entries.map(\.recording) == [
        "/set/174/5/174-5-0000.flac", "/set/84/121/84-121-0000.flac",
        "/set/84/121/84-121-0001.flac", "/set/84/121/84-121-0002.flac",
      ])
    #expect(manifest.entries.map(\.text) == ["yes", "go on", "don't", ""])
    #expect(manifest.entries.map { $0.fields["speaker"] } == ["174", "84", "84", "84"])
    #expect(throws: EvaluationError.empty(path: "/set")) {
      try read(.librispeech, ["a.txt": "x"])
    }
  }

  @Test func commonVoice() throws {
    let table = """
      client_id\tpath\tsentence\tlocale\taccents
      \(String(repeating: "ab", count: 64))\tc_1.mp3\tGuten Tag, Welt.\tde\t
      x\tc_2.mp3\tJa
      x\tc_3.mp3
      """
    let manifest = try read(.commonvoice, ["test.tsv": table])
    #expect(manifest.entries.map(\.recording) == ["/set/clips/c_1.mp3", "/set/clips/c_2.mp3"])
    #expect(manifest.entries.map(\.text) == ["Guten Tag, Welt.", "Ja"])
    #expect(manifest.entries.map(\.language) == ["de", nil])
    #expect(manifest.entries[0].fields["speaker"]?.count == 32)
    #expect(manifest.entries[0].fields["accent"] == nil)
    #expect(
      manifest.problems == [
        .line(path: "/set/test.tsv", number: 4, reason: "has 2 columns and not 5")
      ])
    let other = try read(.commonvoice, ["dev.tsv": table], table: "dev.tsv")
    #expect(other.entries.count == 2)
    #expect(
      throws: EvaluationError.line(
        path: "/set/test.tsv", number: 1, reason: "names no columns \"path\" and \"sentence\"")
    ) { try read(.commonvoice, ["test.tsv": "a\tb\n"]) }
    #expect(throws: EvaluationError.self) { try read(.commonvoice, [:]) }
  }

  @Test func tedLium() throws {
    let stm = """
      ;; comment
      Talk_1 1 Anna 0.50 3.25 <o,f0,female> it 's <unk> the(2) {NOISE} end
      Talk_1 1 Anna 3.25 4.00 <o,f0,female> ignore_time_segment_in_scoring
      Talk_2 1 Bert 0 1 <o> yes
      Talk_1 1 Anna 5 4 <o> no
      Talk_1 1
      """
    let manifest = try read(
      .tedlium, ["stm/Talk_1.stm": stm, "sph/Talk_1.sph": "", "sph/Talk_1.txt": ""])
    #expect(manifest.entries.count == 1)
    let entry = try #require(manifest.entries.first)
    #expect(entry.recording == "/set/sph/Talk_1.sph")
    #expect(entry.text == "it's the end")
    #expect(entry.offset == 0.5 && entry.duration == 2.75)
    #expect(entry.fields == ["speaker": "Anna"])
    #expect(manifest.problems.count == 3)
    #expect(
      manifest.problems[0]
        == .line(path: "/set/stm/Talk_1.stm", number: 4, reason: "there is no recording Talk_2"))
  }

  @Test func kaldi() throws {
    let files = [
      "wav.scp": "r1 /data/a b.wav\nr2 sph2pipe -f wav x.sph |\nr3 c.wav\nr4\n",
      "text": "u1 HELLO THERE\nu2 so\nu3\nu4 x\n", "utt2spk": "u1 anna\nu3 bert\n",
      "segments": "u1 r1 0.5 2\nu2 r2 0 1\nu3 r3 1 3\nbad\n",
    ]
    let manifest = try read(.kaldi, files)
    #expect(manifest.entries.map(\.recording) == ["/data/a b.wav", "/set/c.wav"])
    #expect(manifest.entries.map(\.text) == ["hello there", ""])
    #expect(manifest.entries.map(\.offset) == [0.5, 1])
    #expect(manifest.entries.map(\.duration) == [1.5, 2])
    #expect(manifest.entries.map { $0.fields["speaker"] } == ["anna", "bert"])
    let reasons = manifest.problems.map(\.description)
    #expect(
      reasons == [
        "/set/wav.scp:2: is a command, and those are not run", "/set/wav.scp:4: has no path",
        "/set/segments:4: is no line of utterance, recording, begin and end",
        "/set/text:2: wav.scp has no recording for u2", "/set/text:4: segments has no u4",
      ])
    let whole = try read(.kaldi, ["wav.scp": "u c.wav", "text": "u Hello there"])
    #expect(whole.entries.map(\.text) == ["Hello there"])
    #expect(whole.entries[0].duration == nil)
    #expect(throws: EvaluationError.self) { try read(.kaldi, ["text": "u x"]) }
  }

  /// Damaged files are read or refused, and never stop the program.
  @Test func damagedSetsAreRefused() {
    var random = Seeded(11)
    let good: [DatasetFormat: [String: String]] = [
      .librispeech: ["a/b.trans.txt": "1-2-3 GO ON\n1-2-4 X"],
      .commonvoice: ["test.tsv": "path\tsentence\na.mp3\tx\n"],
      .tedlium: ["a.stm": "a 1 s 0 1 <o> x y\n", "a.wav": ""],
      .kaldi: ["wav.scp": "a b\n", "text": "a x\n", "segments": "a a 0 1\n", "utt2spk": "a s"],
    ]
    for (format, files) in good {
      for _ in 0..<150 {
        let damaged = files.mapValues { text -> String in
          var bytes = Array(text.utf8)
          for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &random)
            bytes[at] = [0, 9, 10, 32, 45, 60, 255].randomElement(using: &random) ?? 0
          }
          return String(decoding: bytes, as: UTF8.self)
        }
        if let manifest = try? read(format, damaged) { #expect(!manifest.entries.isEmpty) }
      }
    }
  }
}
