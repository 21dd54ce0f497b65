import Evaluation
import Foundation
import Testing

/// Configurations side by side.
@Suite struct ComparisonTests {
  /// Ten recordings, in which B errs in one word of four in half of them.
  private func recordings(_ fields: (Int) -> [String: String] = { _ in [:] })
    -> [ComparedRecording]
  {
    (0..<10).map { index in
      Compared.recording(
        index, "open the userId now",
        ["open the userId now", index < 5 ? "open a user id now" : "open the userId now"],
        seconds: index < 5 ? 1.5 : 20, fields: fields(index), terms: ["userId"],
        took: Double(index + 1) / 10)
    }
  }

  @Test func figuresAreThoseOfAllRecordings() throws {
    let report = Compared.report(recordings())
    let whole = try #require(report.groups.first)
    #expect(whole.field == nil)
    #expect(whole.recordings == 10)
    #expect(whole.words == 40)
    #expect(whole.terms == 10)
    let (one, other) = (whole.scores[0], whole.scores[1])
    #expect(one.configuration == "A")
    #expect(other.configuration == "B")
    #expect(one.wer?.value == 0)
    #expect(one.termRecall?.value == 1)
    // "the" and "userId" are exchanged, and a word is put in.
    #expect(other.wer?.value == 15.0 / 40)
    #expect(other.insertions == 5)
    #expect(other.deletions == 0)
    #expect(other.substitutions == 10)
    #expect(other.termRecall?.value == 0.5)
    let (low, high) = (try #require(other.wer?.low), try #require(other.wer?.high))
    #expect(low < 15.0 / 40 && 15.0 / 40 < high)
    let difference = try #require(report.differences.first)
    #expect(report.differences.count == 1)
    #expect(difference.first == "A")
    #expect(difference.second == "B")
    // Five recordings can be exchanged in 32 ways, of which two differ as much.
    #expect(abs((difference.probability ?? 1) - 2.0 / 32) < 0.01)
  }

  @Test func groupsFollowFieldsAndLengths() throws {
    let report = Compared.report(
      recordings { index in
        ["speaker": index < 3 ? "anna" : "bert", "room": "same", "snr": index == 0 ? "5" : "20"]
      }, by: ["speaker", "room", "snr", "none"])
    let names = report.groups.map { "\($0.field ?? "all") \($0.value ?? "")" }
    #expect(
      names == [
        "all ", "speaker anna", "speaker bert", "snr 20", "snr 5", "length under 2 s",
        "length 15 to 60 s",
      ])
    #expect(report.groups.map(\.recordings) == [10, 3, 7, 9, 1, 5, 5])
    #expect(report.groups.last?.scores[1].wer?.value == 0)
  }

  /// Of very many speakers those with the most recordings are shown.
  @Test func thereAreNotTooManyGroups() throws {
    let report = Compared.report(
      (0..<140).map { index in
        let speaker = index < 10 ? "often\(index % 5)" : "once\(index)"
        return Compared.recording(index, "a", ["a"], fields: ["speaker": speaker])
      }, by: ["speaker"])
    let names = report.groups.compactMap(\.value)
    #expect(names.count == 60)
    #expect(names.prefix(5) == ["often0", "often1", "often2", "often3", "often4"])
    // A single recording tells nothing of others.
    #expect(report.groups.last?.scores[0].wer?.low == nil)
    #expect(report.groups[1].scores[0].wer?.low == 0)
  }

  @Test func worstRecordingsStandFirst() throws {
    let report = Compared.report([
      Compared.recording(0, "a b c", ["a b c"]), Compared.recording(1, "a b c", ["x y"]),
      Compared.recording(2, "a b c", ["a x c d"]), Compared.recording(3, "a b c", ["a b d c"]),
    ])
    #expect(report.recordings.map(\.number) == [1, 2, 3, 0])
    #expect(report.recordings.map(\.errors) == [3, 2, 1, 0])
    let differences = report.recordings[1].heard[0].differences
    #expect(differences.map(\.said) == [["a"], ["b"], ["c"], []])
    #expect(differences.map(\.heard) == [["a"], ["x"], ["c"], ["d"]])
    #expect(differences.map(\.isRight) == [true, false, true, false])
  }

  @Test func effortsAddUp() throws {
    var prices = Prices()
    (prices.watts, prices.kilowattHour) = (36, 0.5)
    let effort = try #require(Compared.report(recordings(), prices: prices).efforts.first)
    #expect(abs((effort.rtf ?? 0) - 5.5 / 107.5) < 1e-12)
    #expect(effort.latency?.p50 == 0.5)
    #expect(effort.latency?.p95 == 1)
    #expect(effort.isMeasured == false)
    let joules = 36 * 5.5 / 107.5 * 3600
    #expect(abs((effort.joulesPerHour ?? 0) - joules) < 1e-9)
    #expect(abs((effort.costPerHour ?? 0) - joules / 3.6e6 * 0.5) < 1e-12)
    #expect(Compared.report(recordings()).efforts[0].costPerHour == nil)
  }

  @Test func measuredEnergyCountsBeforeWhatIsGiven() throws {
    let entry = ManifestEntry(line: 1, recording: "a", text: "a", vocabulary: [])
    func effort(_ joules: [Double?]) throws -> Effort {
      var prices = Prices()
      prices.watts = 100
      let recordings = joules.map {
        ComparedRecording(
          number: 0, name: "a", seconds: 10, entry: entry, terms: TermSet([]),
          heard: [HeardText(text: "a", seconds: 2, joules: $0, peakBytes: 7)])
      }
      return try #require(Compared.report(recordings, prices: prices).efforts.first)
    }
    let measured = try effort([30, 50])
    #expect(measured.watts == 20)
    #expect(measured.isMeasured)
    #expect(measured.joulesPerHour == 20 * 0.2 * 3600)
    #expect(measured.peakBytes == 7)
    // Of which a part was not measured is not known.
    #expect(try effort([30, nil]).watts == 100)
  }

  @Test func pricesOfServicesAreRead() throws {
    let table = "# per hour\nCloud A\t0.36\n\nOther service\t 1.44 \r\n"
    let prices = try Prices.hosted(table, path: "p.tsv")
    #expect(prices.map(\.name) == ["Cloud A", "Other service"])
    #expect(prices.map(\.costPerHour) == [0.36, 1.44])
    for line in ["Cloud 0.36", "Cloud\tfree", "Cloud\t-1", "Cloud\tinf", "a\tb\t3"] {
      #expect(
        throws: EvaluationError.line(
          path: "p.tsv", number: 2, reason: "is no name, tab and price of an hour")
      ) { try Prices.hosted("# x\n\(line)\n", path: "p.tsv") }
    }
  }

  @Test func tablesShowWhatIsKnown() throws {
    var prices = Prices()
    prices.hosted = [HostedPrice(name: "Cloud", costPerHour: 0.36)]
    let table = Compared.report(recordings(), prices: prices).table(worst: 1)
    let lines = table.split(separator: "\n").map(String.init)
    #expect(lines[0] == "10 recordings, 1.8 min, 40 words")
    #expect(lines[1].hasPrefix("configuration"))
    #expect(lines[1].contains("term recall"))
    #expect(!lines[1].contains("marks"))
    #expect(lines[2].contains("0.00 (0.0-0.0)"))
    #expect(lines.contains { $0.hasPrefix("Cloud ") && $0.hasSuffix(" 0.36") })
    #expect(lines.contains { $0.hasPrefix("B against A: WER +37.50, p 0.0") })
    let groups = lines.drop { !$0.hasPrefix("WER by length") }.map { line in
      line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(groups[0].prefix(5) == ["WER by length", "recordings", "words", "A", "B"])
    #expect(groups[1].prefix(3) == ["under 2 s", "5", "20"])
    #expect(groups[1][4].hasPrefix("75.00 ("))
    #expect(lines.contains("  A, 0 errors: open the userId now"))
    #expect(lines.contains("  B, 3 errors: open [the userId → a user id] now"))
    #expect(lines.last == "texts are compared by the rules none")
  }

  /// The same recordings make the same report, to the byte.
  @Test func reportsRepeat() throws {
    func document() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(Compared.report(recordings()))
    }
    #expect(try document() == document())
  }
}
