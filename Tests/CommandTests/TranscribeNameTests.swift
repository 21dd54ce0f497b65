import Foundation
import TestSupport
import Testing

/// Recordings with names of every kind, named as a shell hands them over.
@Suite struct TranscribeNameTests {
  /// Runs a script in a folder of its own: `run` transcribes with a model of random weights,
  /// `$speech` is a recording.
  private func shell(_ script: String) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      try CommandRunner.run(
        [
          "-c",
          """
          cd "$3"; export LC_ALL=C.UTF-8; XDG_STATE_HOME=/proc/none program=$0; model=$1; speech=$2
          run() { "$program" transcribe --quiet --model "$model" "$@"; }
          \(script)
          """, CommandRunner.program.path, model, speech, folder.path,
        ],
        of: URL(fileURLWithPath: "/bin/bash"))
    }
  }

  /// Names that are no UTF-8, or look the same, or hold line breaks.
  @Test func namesAreBytes() throws {
    let outcome = try shell(
      #"""
      names=($'caf\351' $'caf\u00e9' $'cafe\u0301' $'a\nb' $'\u0301' $'\364\217\272\200')
      mkdir $'in\351'
      for name in "${names[@]}"; do cp "$speech" $'in\351/'"$name.wav"; done
      run --output $'in\351/{stem}.{format}' --format text,srt $'in\351'/*.wav; echo "$?"
      for name in "${names[@]}"; do cat $'in\351/'"$name.txt"; grep -c . $'in\351/'"$name.srt"; done
      """#)
    #expect(outcome.errors == "")
    #expect(outcome.output == "0\n" + String(repeating: nonsense + "\n3\n", count: 6))
  }

  @Test func namesAreListedAndShown() throws {
    let outcome = try shell(
      #"""
      cp "$speech" $'a\nb\351.wav'; cp "$speech" c.wav
      run *.wav | od -An -c | tr -d ' \n'; echo
      run $'no\351.wav'
      """#)
    #expect(outcome.output == #"a\nb351.wav\tGof\nc.wav\tGof\n"# + "\n")
    #expect(outcome.errors.hasPrefix(#"utter: no\xE9.wav: cannot be opened: No such file"#))
  }

  /// JSON has a character for each odd byte, from which the name can be made again.
  @Test func jsonKeepsEveryByte() throws {
    let outcome = try shell(#"cp "$speech" $'caf\351.wav'; run --json *.wav"#)
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let file = (document as? [String: Any])?["file"] as? String
    #expect(file?.unicodeScalars.map(\.value) == [99, 97, 102, 0x10FEE9, 46, 119, 97, 118])
  }

  @Test func namesWithADashAreFiles() throws {
    let outcome = try shell(
      #"""
      cp "$speech" ./-x.wav; cp "$speech" ./--no-such.wav; cp "$speech" a.wav
      run *.wav; echo "$?"; run -- *.wav; echo "$?"; run -y.wav; echo "$?"
      """#)
    #expect(
      outcome.output == """
        ./--no-such.wav\t\(nonsense)
        ./-x.wav\t\(nonsense)
        a.wav\t\(nonsense)
        0
        --no-such.wav\t\(nonsense)
        -x.wav\t\(nonsense)
        a.wav\t\(nonsense)
        0
        2

        """)
    #expect(outcome.errors.hasPrefix("Error: Unknown option '-y.wav'"))
  }

  /// What a terminal would obey is shown, not sent, also where the command line makes no sense.
  @Test func namesThatTerminalsObeyAreEscaped() throws {
    let outcome = try shell(
      #"""
      run --output $'\033[1m\n' $'a\033.wav' $'b\351.wav'
      run $'--\033[1m'; run --output $'{\033}' a
      """#)
    #expect(outcome.errors.contains(#"gives a\u{1b}.wav and b\xE9.wav the same path \u{1b}[1m\n;"#))
    #expect(outcome.errors.contains(#"Unknown option '--\u{1b}[1m'"#))
    #expect(outcome.errors.contains(#"does not know {\u{1b}}; use"#))
    #expect(!outcome.errors.contains("\u{1b}"))
  }
}
