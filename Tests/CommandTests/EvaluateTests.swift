import Foundation
import TestSupport
import Testing

/// `utter evaluate`, with models of random weights: what they hear is nonsense, but the same
/// nonsense every time.
@Suite struct EvaluateTests {
  /// A model with both heads.
  private static let hybrid = Fixtures.committed.appending(path: "hybrid/hybrid.nemo").path

  /// Runs a script in a folder of its own, which is also where journals lie: `go` evaluates, `$a`
  /// and `$b` are recordings, `$model` and `$hybrid` models; `line` prints a line of a manifest.
  private func shell(_ script: String) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      try CommandRunner.run(
        [
          "-c",
          """
          cd "$1"; export LC_ALL=C.UTF-8 XDG_STATE_HOME=$1/state; program=$0
          model=$2 hybrid=$3 a=$4 b=$5
          go() { "$program" evaluate --threads 1 "$@"; }
          line() { echo "{\\"audio_filepath\\": \\"$1\\", \\"text\\": \\"$2\\"$3}"; }
          notes() { cat state/utter/evaluations/*.jsonl | grep -c heard; }
          \(script)
          """, CommandRunner.program.path, folder.path, model, Self.hybrid, speech, shorter,
        ],
        of: URL(fileURLWithPath: "/bin/bash"))
    }
  }

  /// The parts of the JSON document that tests look at.
  private struct Document: Decodable {
    struct Scores: Decodable {
      let configurations: [String]
      let normalizer: String
      let groups: [Group]
      let efforts: [Effort]
      let recordings: [Recording]
    }
    struct Group: Decodable {
      let field: String?
      let value: String?
      let recordings: Int
      let words: Int
      let scores: [Score]
    }
    struct Score: Decodable {
      let wer: Figure?
      let term_recall: Figure?
    }
    struct Figure: Decodable { let value: Double }
    struct Effort: Decodable {
      let rtf: Double?
      let peak_bytes: Int?
      let cost_per_hour: Double?
    }
    struct Recording: Decodable {
      let recording: String
      let reference: String
      let heard: [Heard]
    }
    struct Heard: Decodable {
      let text: String
      let seconds: Double
    }
    let scores: Scores
    let left_out: [String]
  }

  private func document(_ output: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func everyCombinationHearsEveryRecording() throws {
    let outcome = try shell(
      #"""
      (line "$a" "g of" ', "speaker": "anna"'; line "$b" "Well, Fine." ', "speaker": "bert"') > m
      go m --model "$model" --precision float32 --precision int8 --json --normalizer basic \
        --watts 20 --price 0.3
      """#)
    #expect(outcome.errors == "")
    #expect(outcome.code == 0)
    let scores = try document(outcome.output).scores
    #expect(scores.configurations == ["\(model) float32", "\(model) int8"])
    #expect(scores.normalizer == "basic")
    #expect(scores.groups.map(\.value) == [nil, "anna", "bert"])
    #expect(scores.groups.map(\.words) == [4, 2, 2])
    #expect(scores.groups[1].scores.allSatisfy { $0.wer?.value == 0 })
    let first = try #require(scores.recordings.first { $0.recording == speech })
    #expect(first.heard.map(\.text) == [nonsense, nonsense])
    #expect(scores.efforts.count == 2)
    for effort in scores.efforts {
      #expect(try #require(effort.rtf) > 0)
      #expect(try #require(effort.peak_bytes) > 1 << 20)
      #expect(try #require(effort.cost_per_hour) > 0)
    }
  }

  @Test func headsPassesAndVocabulariesAreCompared() throws {
    let outcome = try shell(
      #"""
      line "$a" "x" ', "vocabulary": ["userId"]' > m
      go m --model "$hybrid" --decoder tdt --decoder ctc --pass windows --pass whole \
        --vocabulary none --vocabulary manifest --json
      """#)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let names = try document(outcome.output).scores.configurations.map {
      $0.replacing(Self.hybrid, with: "m")
    }
    #expect(names.count == 8)
    #expect(names.first == "m tdt windows none")
    #expect(names.last == "m ctc whole manifest")
  }

  /// The shipped model hears digits well, so that there is something to score.
  @Test func termsAreFoundWithTheirList() throws {
    let audio = Fixtures.committed.appending(path: "audio").path
    let outcome = try shell(
      #"""
      line "\#(audio)/digits_03.flac" "seven zero Nine44 seven" \
        ', "vocabulary": ["Nine44\tspoken=nine four four"]' > m
      line "\#(audio)/digits_12.flac" "two seven nine zero eight five zero" >> m
      go m --model starter-en --vocabulary none --vocabulary manifest --json --normalizer basic
      """#)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let scores = try document(outcome.output).scores.groups[0].scores
    #expect(scores.map { $0.term_recall?.value } == [0, 1])
    #expect(try #require(scores[1].wer?.value) < (try #require(scores[0].wer?.value)))
  }

  @Test func foldersWithTextsAreTaken() throws {
    let outcome = try shell(
      #"""
      mkdir -p in/deep; cp "$a" in/one.wav; cp "$b" in/deep/two.wav; cp "$b" in/three.wav
      printf 'G\nof\n' > in/one.txt; echo 'so what' > in/deep/two.txt
      go in --model "$model" --json; echo "$?" >&2
      """#)
    let found = try document(outcome.output)
    #expect(Set(found.scores.recordings.map(\.reference)) == ["G of", "so what"])
    #expect(found.left_out.count == 1)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    let missing =
      "in/three.wav: nothing tells what is said in it: in/three.txt: No such file or directory"
    #expect(lines.first == "utter: \(missing)")
    #expect(lines.last == "1")
  }

  @Test func publishedSetsAreTaken() throws {
    let outcome = try shell(
      #"""
      mkdir -p set/84/1 cv/clips; cp "$a" set/84/1/84-1-0000.flac; cp "$b" cv/clips/c.mp3
      printf '84-1-0000 G OF\n84-1-0001 MISSING\n' > set/84/1/84-1.trans.txt
      printf 'path\tsentence\nc.mp3\tJa.\n' > cv/dev.tsv
      go --dataset librispeech set --model "$model" --json -q
      go --dataset commonvoice cv/dev.tsv --model "$model" > table; head -1 table >&2
      go --dataset kaldi cv --model "$model"; echo "$?" >&2
      """#)
    let found = try document(outcome.output)
    #expect(found.scores.recordings.map(\.reference) == ["g of"])
    #expect(found.scores.groups.first?.scores.first?.wer?.value == 0)
    #expect(found.left_out.count == 1)
    #expect(outcome.errors.contains("set/84/1/84-1-0001.flac"))
    #expect(outcome.errors.contains("\n1 recordings, 0.0 min, 1 words\n"))
    #expect(outcome.errors.contains("utter: cv/wav.scp: there is no such file"))
    #expect(outcome.errors.hasSuffix("\n66\n"))
  }

  /// What is wrong is told with its place, and the rest is evaluated.
  @Test func whatIsWrongIsLeftOut() throws {
    let outcome = try shell(
      #"""
      echo 'no recording' > bad.wav
      (line "$a" "g of"; echo 'nothing'; line no.wav "x"; line bad.wav "x"
       line "$b" "" ', "lang": "en"'; line "$b" "eins zwei" ', "lang": "de"'
       line "$a" "x" ', "offset": 60'; line "$a" "x" ', "vocabulary": ["a\tspoken"]'
       echo '{"audio_filepath": "a"}') > m
      go m --model "$model" --json; echo "$?" >&2
      """#)
    let found = try document(outcome.output)
    #expect(found.scores.recordings.count == 3)
    #expect(found.scores.groups.map(\.value).contains("de"))
    #expect(found.left_out.count == 6)
    for problem in [
      "m:2: is no JSON object", "m:3: there is no recording no.wav", "bad.wav: ",
      "ends before 60.0 s", "m:8: vocabulary:1:", "m:9: has no \"text\"",
      "nothing is said in it: what is heard there is put in",
      "m: recordings in de are compared by the rules basic, the others by english",
    ] {
      #expect(outcome.errors.contains(problem), "\(problem) in \(outcome.errors)")
    }
    #expect(outcome.errors.hasSuffix("\n1\n"))
  }

  @Test func modelsThatCannotBeUsedAreLeftOut() throws {
    let outcome = try shell(
      #"""
      line "$a" "g of" > m
      go m --model "$model" --model none --json; echo "$?" >&2
      go m --model none; echo "$?" >&2
      go m --model "$model" --decoder ctc > no; echo "$?" >&2
      """#)
    let found = try document(outcome.output)
    #expect(found.scores.configurations == [model])
    #expect(found.left_out.count == 1)
    #expect(outcome.errors.contains("utter: none: is left out: "))
    let codes = outcome.errors.split(separator: "\n").compactMap { Int($0) }
    #expect(codes.count == 3 && codes[0] == 1 && codes[1] > 2 && codes[2] > 2)
  }

  /// Nothing is heard twice that was noted, whatever ended the comparison.
  @Test func aKilledComparisonGoesOn() throws {
    let outcome = try shell(
      #"""
      for i in {1..20}; do cp "$b" $i.wav; line $i.wav "it is $i"; done > m
      # Nobody writes the eleventh: there it waits.
      rm 11.wav; mkfifo 11.wav
      go="$program evaluate m --threads 1 --model $model --model $hybrid --json -q"
      $go > first & killed=$!
      until [ "$(notes 2> no)" = 20 ]; do sleep 0.02; done
      kill -9 $killed; wait $killed 2> no; wc -c < first; rm 11.wav; cp "$b" 11.wav
      $go --resume > second; notes
      # Another configuration later hears alone; without --resume all hear again.
      go m --model "$model" --precision float32 --json -q --resume > third; notes
      go m --model "$model" -q > fourth; notes
      grep -o '"reference"' second | wc -l
      """#)
    let lines = outcome.output.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    #expect(lines == ["0", "40", "60", "20", "20"], "\(outcome)")
  }

  /// A process that dies costs its recording, and is started again.
  @Test func aProcessThatDiesIsStartedAgain() throws {
    let outcome = try shell(
      #"""
      for i in {1..6}; do cp "$a" $i.wav; line $i.wav "it is $i"; done > m
      rm 4.wav; mkfifo 4.wav
      "$program" evaluate m --threads 1 --model "$model" --json -q > out 2> errors & parent=$!
      until [ "$(notes 2> no)" = 3 ]; do sleep 0.02; done
      kill -9 $(ps -o pid= --ppid $parent); wait $parent; echo "$?"
      cat errors; grep -o '"reference"' out | wc -l
      """#)
    let lines = outcome.output.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    #expect(
      lines == ["1", "utter: 4.wav: the process that hears was ended by signal 9", "5"],
      "\(outcome)")
  }

  @Test func pagesAreWrittenForTheUserAlone() throws {
    let outcome = try shell(
      #"""
      (line "$a" "something else"; line "$a" "x" ', "offset": 0.5, "duration": 0.25') > m
      echo 'Cloud	0.36' > prices
      go m --model "$model" --html page.html --hosted prices > table; echo "$?"
      stat -c %a page.html; grep -c 'data:audio/wav;base64,UklGR' page.html; grep -c Cloud table
      for place in none/page.html .; do go m --model "$model" --html $place; echo "$?"; done
      """#)
    #expect(outcome.output == "0\n600\n2\n1\n69\n69\n")
    #expect(outcome.errors.contains("utter: none/page.html: cannot be written: none: No such file"))
  }

  @Test func tablesAreForPeople() throws {
    let outcome = try shell(#"line "$a" "g off" > m; go m --model "$model""#)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "1 recordings, 0.0 min, 2 words")
    #expect(lines.contains("\(speech), 1.7 s, 2 words"))
    #expect(lines.contains("  \(model), 1 errors: g [off → of]"))
    #expect(lines.last == "texts are compared by the rules english")
  }

  @Test(arguments: [
    ["--worst", "-1"], ["--precision", "int8", "--precision", "int8"], ["--threads", "-1"],
    ["--normalizer", "german"], ["--watts", "-3"], ["--price", "nan"], ["--pass", "none"],
    ["--by", "nobody"],
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let manifest = folder.appending(path: "m.jsonl")
      try Data(#"{"audio_filepath": "\#(speech)", "text": "x"}"#.utf8).write(to: manifest)
      let outcome = try CommandRunner.run(["evaluate", manifest.path] + arguments)
      #expect(outcome.code == 2, "\(outcome)")
    }
  }
}
