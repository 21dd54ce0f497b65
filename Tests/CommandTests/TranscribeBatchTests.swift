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
      #"run -q --jobs 1 --json --format srt --output '{stem}.srt' "$a" /no/such.wav "$b""#)
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
      mkdir in; cp "$a" "$b" in; output=(--output '{folder}/{stem}.{format}')
      go() { run --jobs 1 "${output[@]}" --resume in "$@"; }
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

  @Test func contentsTellWhatHasChangedWhereThatIsWanted() throws {
    let outcome = try shell(
      #"""
      mkdir in; cp "$a" "$b" in
      go() { run -q --jobs 1 --json --output '{folder}/{stem}.txt' --resume in "$@" | wc -l; }
      go; touch in/*.wav; go --checksum; touch in/*.wav; go --checksum
      printf '\001' | dd of=in/s030.wav bs=1 seek=100 conv=notrunc 2> none; go --checksum
      touch in/*.wav; go
      """#)
    // The first noted no contents; of the others the last does not ask for them.
    #expect(outcome.output == "2\n2\n0\n1\n2\n")
  }

  /// Killed in the middle, a run leaves whole transcripts only, and the next one does the rest.
  @Test func aKilledRunIsFinishedByTheNext() throws {
    let outcome = try shell(
      #"""
      mkdir in; for i in {1..40}; do cp "$a" in/$i.wav; done
      go=("$program" transcribe --model "$model" -q --json --format text --jobs 2 --threads 2)
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
    // Of each job one may have been written and not noted or told, and a part of one may be left.
    try #require(lines.count == 3)
    #expect(lines[0] == "40 \(nonsense)")
    #expect(["80", "81", "82"].contains(lines[1]))
    #expect(try 33...42 ~= #require(Int(lines[2])))
  }

  @Test func textsOfSeveralJobsArePrintedInOrder() throws {
    let outcome = try shell(
      #"""
      for i in {1..9}; do cp "$b" "$i.wav"; done; cp "$a" 4.wav
      for jobs in 1 3; do run -q --jobs $jobs --threads 3 {1..9}.wav no.wav 1.wav; done
      run -q --jobs 2 --threads 2 --format json 4.wav 1.wav no.wav 2.wav > json
      grep -oE '"file" ?: ?"[^"]*' json
      """#)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 23)
    let names = lines.prefix(10).map { String($0.prefix { $0 != "\t" }) }
    #expect(names == (1...9).map { "\($0).wav" } + ["1.wav"])
    #expect(lines[3] == "4.wav\t\(nonsense)")
    #expect(lines.prefix(10) == lines[10..<20])
    #expect(lines.suffix(3).map { $0.filter(\.isNumber) } == ["4", "1", "2"])
    #expect(outcome.errors.split(separator: "\n").count { $0.contains("no.wav") } == 3)
  }

  /// A folder that fails is no recording, and does not count as one that is done.
  @Test func foldersThatFailAreNotCountedAsRecordings() throws {
    let outcome = try shell(
      #"""
      mkdir none; mkfifo pipe; go="$program transcribe --model $model --jobs 1 none none pipe"
      # Nothing is shown in the first second, which begins before somebody reads the pipe.
      (exec 9> pipe; sleep 1; cat "$a" >&9) &
      script -qec "$go $b $a" /dev/null | tr '\r' '\n' | grep -oE '[0-9]+/3'
      """#)
    let shown = Set(outcome.output.split(separator: "\n"))
    #expect(shown.contains("1/3"), "\(outcome)")
    #expect(shown.isSubset(of: ["1/3", "2/3", "3/3"]))
  }

  @Test(arguments: [
    ["--null", "a"], ["--resume", "a"], ["--jobs", "0", "a"], ["--checksum", "a"],
    ["--highlight-words", "a"],
    ["--files-from", "-", "-"], [],
    ["--manifest", "-", "--files-from", "-"],
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String]) throws {
    #expect(try transcribe(arguments).code == 2)
  }
}
