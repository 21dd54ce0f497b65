import Foundation
import TestSupport
import Testing

/// `utter watch` as a program: what it tells, writes and remembers.
@Suite struct WatchTests {
  /// Runs a script in a folder of its own: `start` watches the folder `in`, `next` waits for what
  /// is told next, `stop` ends it and prints its exit code; `$a` and `$b` are recordings.
  private func shell(_ script: String) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      try CommandRunner.run(
        [
          "-c",
          #"""
          cd "$1"; export LC_ALL=C.UTF-8 XDG_STATE_HOME=$1/state; program=$0; model=$2
          a=$3; b=$4; output='{folder}/{stem}.{format}'; mkdir in
          start() {
            rm -f lines; mkfifo lines
            "$program" watch in --model "$model" -q --json --output "$output" "$@" > lines &
            exec 9< lines
          }
          next() { read -t 120 -r line <&9; grep -oE '"file":"[^"]*"|"error":' <<< "$line"; }
          stop() { kill "-$1" $!; wait $!; echo "$?"; cat <&9; }
          """# + "\n" + script, CommandRunner.program.path, folder.path, model, speech, shorter,
        ],
        of: URL(fileURLWithPath: "/bin/bash"))
    }
  }

  private let speech = Fixtures.committed.appending(path: "wav/s170.wav").path
  private let shorter = Fixtures.committed.appending(path: "wav/s030.wav").path
  private let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path

  @Test func everyRecordingIsHeardOnceAndABadOneIsToldOnce() throws {
    let outcome = try shell(
      #"""
      cp "$a" in/old.wav; start; next
      cp "$b" in/new.wav; next
      mkdir in/deep; cp "$b" in/deep/.x; mv in/deep/.x in/deep/x.wav; next
      printf 'RIFF....WAVEnonsense' > in/bad.wav; next
      cp "$b" in/new.bin; next
      cp "$b" in/after.wav; next
      stop TERM; rm in/bad.wav in/new.bin in/old.json; cp "$b" in/meanwhile.wav
      start --poll 0.1; next
      cp "$b" in/last.wav; next; stop INT
      find in -name '*.json' | sort
      """#)
    #expect(
      outcome.output.split(separator: "\n") == [
        "\"file\":\"in/old.wav\"", "\"file\":\"in/new.wav\"", "\"file\":\"in/deep/x.wav\"",
        "\"error\":", "\"file\":\"in/bad.wav\"", "\"error\":", "\"file\":\"in/new.bin\"",
        "\"file\":\"in/after.wav\"", "0", "\"file\":\"in/meanwhile.wav\"",
        "\"file\":\"in/last.wav\"", "130", "in/after.json", "in/deep/x.json", "in/last.json",
        "in/meanwhile.json", "in/new.json",
      ])
    let errors = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("utter: ") }
    #expect(errors.count == 2, "\(outcome.errors)")
    #expect(errors.first?.hasPrefix("utter: in/bad.wav: ") == true)
    #expect(outcome.errors.contains("in/new.wav and in/new.bin the same path in/new.json"))
  }

  @Test func whatItCannotDoIsRefused() throws {
    let outcome = try shell(
      #"""
      for arguments in "in" "in --output {number}.txt" "in --output x --poll 0" \
        "none --output {stem}.txt"
      do "$program" watch $arguments; echo "$?"; done
      """#)
    #expect(outcome.output == "2\n2\n2\n66\n")
    #expect(outcome.errors.contains("Error: watch needs --output"))
  }
}
