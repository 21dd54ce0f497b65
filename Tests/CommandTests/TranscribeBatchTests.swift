import Foundation
import TestSupport
import Testing

/// Folders, lists and manifests, and runs that go on after others.
@Suite struct TranscribeBatchTests {
  /// Runs a script in a folder of its own, which is also where journals lie: `run` transcribes with
  /// a model of random weights, `$a` and `$b` are recordings.
  private func shell(_ script: String) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      try CommandRunner.run(
        [
          "-c",
          """
          cd "$1"; export LC_ALL=C.UTF-8 XDG_STATE_HOME=$1/state; program=$0; model=$2
          a=$3 b=$4; run() { "$program" transcribe --model "$model" "$@"; }
          \(script)
          """, CommandRunner.program.path, folder.path, model, speech, shorter,
        ],
        of: URL(fileURLWithPath: "/bin/bash"))
    }
  }

  @Test func foldersAndListsAreTaken() throws {
    let outcome = try shell(
      #"""
      mkdir -p in/deep; cp "$a" in/deep/one.bin; cp "$a" in/two; echo text > in/three.wav
      run -q in; echo "$?"
      printf 'in/two\0in/deep\0' | run -q --files-from - --null --format json | head -c 1
      echo; run in/none; echo "$?"; mkdir none; run -q none; echo "$?"
      """#)
    #expect(
      outcome.output
        == "in/deep/one.bin\t\(nonsense)\nin/two\t\(nonsense)\n0\n[\n66\n66\n")
    #expect(outcome.errors.contains("utter: none: holds no recordings\n"))
  }

  @Test func manifestsComeBackWithWhatWasHeard() throws {
    let outcome = try shell(
      #"""
      mkdir m; cp "$a" m/$'\351.wav'
      part='"offset": 0.2, "duration": 1.5, "lang": "en"'
      echo '{"audio_filepath": "\udce9.wav", '"$part}" > m/set.jsonl
      echo '{"audio_filepath": "no.wav"}' >> m/set.jsonl
      run -q --manifest m/set.jsonl --format jsonl; echo "$?"
      run -q --manifest m/set.jsonl --format ctm --output '{number}.{format}'; ls *.ctm
      """#)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.dropFirst() == ["1", "1.ctm"])
    let object = try JSONSerialization.jsonObject(with: Data(try #require(lines.first).utf8))
    let line = try #require(object as? [String: Any])
    #expect(Set(line.keys) == ["audio_filepath", "duration", "lang", "offset", "pred_text"])
    #expect(line["duration"] as? Double == 1.5)
    #expect(line["audio_filepath"] as? String == "\u{10FEE9}.wav")
    #expect(outcome.errors.contains("utter: m/no.wav: cannot be opened: No such file"))
  }

  @Test func finishedRecordingsAreLinesOfJSON() throws {
    let outcome = try shell(
      #"run -q --json --format srt --output '{stem}.srt' "$a" /no/such.wav "$b""#)
    let lines = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["file"] as? String } == [speech, "/no/such.wav", shorter])
    #expect(lines.map { $0["outputs"] as? [String] } == [["s170.srt"], nil, ["s030.srt"]])
    #expect(lines.map { $0["error"] == nil } == [true, false, true])
    #expect(outcome.code == 1)
  }

  @Test func runsGoOnAfterOthers() throws {
    let outcome = try shell(
      #"""
      mkdir in; cp "$a" "$b" in; go() { run --output '{folder}/{stem}.{format}' --resume in "$@"; }
      go; go; touch in/s170.wav; go; go --format-rules numbers
      """#)
    let errors = outcome.errors.split(separator: "\n").map { line in
      String(line.prefix { $0 != "," })
    }
    #expect(
      errors == [
        "utter: 2 recordings", "utter: 0 recordings",
        "utter: in/s170.wav: done again: it has changed",
        "utter: 1 recording", "utter: in/s030.wav: done again: the options are others",
        "utter: in/s170.wav: done again: the options are others", "utter: 2 recordings",
      ])
    #expect(outcome.errors.contains("2 done before"))
  }

  /// Killed in the middle, a run leaves whole transcripts only, and the next one does the rest.
  @Test func aKilledRunIsFinishedByTheNext() throws {
    let outcome = try shell(
      #"""
      mkdir in; for i in {1..40}; do cp "$a" in/$i.wav; done
      go=("$program" transcribe --model "$model" -q --json --format text)
      go+=(--output '{folder}/{stem}.txt')
      mkfifo lines; "${go[@]}" in > lines & exec 9< lines
      for i in {1..5}; do read -r line <&9; echo "$line"; done > first
      kill -9 $!; wait; cat <&9 >> first
      "${go[@]}" --resume in > second
      cat in/*.txt | sort | uniq -c; ls -A in | wc -l; cat first second | grep -c outputs
      """#)
    let lines = outcome.output.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    // One may have been written and not noted, and a part of one may be left.
    #expect(lines.first == "40 \(nonsense)")
    #expect(lines.count == 3 && ["80", "81"].contains(lines[1]))
    #expect(lines.count == 3 && ["39", "40", "41"].contains(lines[2]))
  }

  @Test(arguments: [
    ["--null", "a"], ["--resume", "a"], ["--files-from", "-", "-"], [],
    ["--manifest", "-", "--files-from", "-"],
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String]) throws {
    #expect(try transcribe(arguments).code == 2)
  }
}
