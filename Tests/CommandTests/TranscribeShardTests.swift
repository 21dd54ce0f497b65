import Foundation
import TestSupport
import Testing

/// Runs that several machines do together, and what they print put together.
@Suite struct TranscribeShardTests {
  private func shell(_ script: String) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      try CommandRunner.run(
        [
          "-c",
          """
          cd "$1"; export LC_ALL=C.UTF-8 XDG_STATE_HOME=$1/state; program=$0; model=$2
          a=$3 b=$4; run() { "$program" transcribe --model "$model" -q "$@"; }
          unset SLURM_ARRAY_TASK_ID JOB_COMPLETION_INDEX AWS_BATCH_JOB_ARRAY_INDEX NOMAD_ALLOC_INDEX
          \(script)
          """, CommandRunner.program.path, folder.path, model, speech, shorter,
        ],
        of: URL(fileURLWithPath: "/bin/bash"))
    }
  }

  @Test(arguments: ["text", "jsonl"]) func shardsTogetherAreTheWhole(_ format: String) throws {
    let outcome = try shell(
      #"""
      mkdir in; for i in {1..7}; do cp "$b" in/$i.wav; done; cp "$a" in/4.wav
      run in --format \#(format) > whole
      for i in 1 2 3; do run in --format \#(format) --shard $i/3 > part-$i; done
      run in --format \#(format) --merge part-* > joined; echo "$?"; cmp whole joined
      wc -l < joined; [ -s part-1 -a -s part-2 -a -s part-3 ] && echo shared
      """#)
    #expect(outcome.output == "0\n7\nshared\n" && outcome.errors == "")
  }

  @Test func whatIsMissingOrDoubleIsTold() throws {
    let outcome = try shell(
      #"""
      mkdir in; for i in {1..4}; do cp "$b" in/$i.wav; done
      run in --json --shard 1/2 > one; run in --json --shard 2/2 > two; run in --json > whole
      run in --json --merge one two | wc -l; run in --json --merge one one > joined; echo "$?"
      head -c -30 two > torn; run in --json --merge one torn > joined; echo "$?"
      rm in/1.wav; run in --json --merge whole | wc -l; run in --format srt --merge one; echo "$?"
      run in --json --merge none; echo "$?"; run in --merge one --resume; echo "$?"
      """#)
    #expect(outcome.output == "6\n1\n1\n5\n2\n66\n2\n")
    for sentence in [
      "in/1.wav: is double in one", "in/2.wav: is missing", "torn: line 3 is no whole transcript",
      "in/1.wav: is in whole, and none of the recordings", "none: cannot be read",
      "--merge joins text, json and jsonl",
    ] {
      #expect(outcome.errors.contains("\(sentence)"), "\(outcome.errors)")
    }
  }

  /// Numbers in the names of files are those of the whole run, and each shard has its journal.
  @Test func shardsWriteFilesOfTheWholeRun() throws {
    let outcome = try shell(
      #"""
      mkdir in; for i in {1..5}; do cp "$b" in/$i.wav; done
      to=(in --mkdir --output out/{number}.txt)
      for i in 1 2; do run "${to[@]}" --shard $i/2 --json; done | wc -l; ls out | tr '\n' ' '
      rm out/3.txt; for i in 1 2; do run "${to[@]}" --shard $i/2 --resume --json; done | wc -l
      ls state/utter/runs | wc -l; run "${to[@]}" --shard 9/9; echo "$?"
      """#)
    #expect(outcome.output == "5\n1.txt 2.txt 3.txt 4.txt 5.txt 1\n2\n0\n")
  }

  @Test func schedulersSayWhichShardItIs() throws {
    let outcome = try shell(
      #"""
      for i in {1..6}; do cp "$b" $i.wav; done; run {1..6}.wav --shard 2/3 > two
      go() { run {1..6}.wav --shard "$@" | cmp - two && echo same; }
      SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=3 go auto
      export SLURM_ARRAY_TASK_MIN=4 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=3
      SLURM_ARRAY_TASK_ID=6 go auto
      AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=3 go auto
      JOB_COMPLETION_INDEX=1 go auto/3; NOMAD_ALLOC_INDEX=1 go auto/3
      """#)
    #expect(outcome.output == String(repeating: "same\n", count: 5) && outcome.errors == "")
  }

  @Test func whatSaysNoShardIsRefused() throws {
    let outcome = try shell(
      #"""
      go() { run "$b" --shard "$@" 2>&1 > /dev/null | head -1; echo "${PIPESTATUS[0]}"; }
      go auto; JOB_COMPLETION_INDEX=1 go auto; JOB_COMPLETION_INDEX=3 go auto/3
      JOB_COMPLETION_INDEX=x go auto/3; JOB_COMPLETION_INDEX=1 NOMAD_ALLOC_INDEX=0 go auto/3
      SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3 go auto
      AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=3 go auto/4
      for bad in 0/3 4/3 1 1/0 a/b 1/2/3 -1/3 auto/ auto/0 auto/x 1/99999999999999999999; do
        run "$b" --shard=$bad 2> /dev/null; echo "$?"
      done
      """#)
    let lines = outcome.output.split(separator: "\n")
    let codes = lines.filter { Int($0) != nil }
    #expect(codes.count == 18 && Set(codes) == ["2"], "\(outcome.output)")
    for sentence in [
      "none of SLURM_ARRAY_TASK_ID,", "give --shard auto/N", "is none of 3 in a row",
      "JOB_COMPLETION_INDEX is x, not a number", "both JOB_COMPLETION_INDEX and NOMAD_ALLOC_INDEX",
      "there are 3 by the environment",
    ] {
      #expect(outcome.output.contains(sentence), "\(sentence)")
    }
  }
}
