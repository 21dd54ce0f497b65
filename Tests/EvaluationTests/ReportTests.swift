import Evaluation
import Foundation
import Testing

/// Figures, their intervals and tests, and how they are told.
@Suite struct ReportTests {
  /// Clips of which so many say a term, written right by the second method in some of them.
  private func clips(_ count: Int, right: Int, group: (Int) -> String? = { _ in nil }) -> [Clip] {
    (0..<count).map { index in
      Clip(
        name: "\(index).flac", group: group(index), seconds: 3,
        reference: "please open userId now",
        texts: [
          "please open user id now",
          index < right ? "please open userId now" : "please open user id now",
        ], terms: TermSet(["userId"]))
    }
  }

  private func report(_ clips: [Clip]) -> EvaluationReport {
    var scoring = Scoring(methods: ["none", "text"])
    for clip in clips { scoring.add(clip) }
    return scoring.report()
  }

  private func score(_ report: EvaluationReport, _ method: Int) throws -> MethodScore {
    try #require(report.groups.first?.methods[method])
  }

  @Test func figuresAreThoseOfAllClips() throws {
    let report = report(clips(20, right: 15))
    let (none, text) = (try score(report, 0), try score(report, 1))
    #expect(none.recall?.value == 0)
    #expect(none.precision == nil)
    #expect(none.f1?.value == 0)
    #expect(text.recall?.value == 0.75)
    #expect(text.precision?.value == 1)
    #expect(text.f1?.value == 30 / 35.0)
    // Two edits in every clip without the term, of four words.
    #expect(none.wer?.value == 0.5)
    #expect(text.wer?.value == 0.125)
    #expect(text.changedRecordings == 15)
    #expect(text.damagedWords == 0)
    #expect(report.listed == 1...1)
  }

  @Test func falseWritesCountByTimeAndWords() throws {
    let clip = Clip(
      name: "a", group: nil, seconds: 1800, reference: "user id of a user",
      texts: ["user id of a user", "userId of a user"], terms: TermSet(["userId"]))
    let report = report([clip])
    let text = try score(report, 1)
    #expect(text.falseWrites == 1)
    #expect(text.falsePerHour?.value == 2)
    #expect(text.falsePerTenThousand?.value == 2000)
    #expect(text.damagePerTenThousand?.value == 4000)
    #expect(report.falseTerms["text"]?.map(\.term) == ["userId"])
    #expect(report.falseTerms["text"]?.map(\.times) == [1])
    #expect(report.falseTerms["none"] == [])
  }

  @Test func intervalsHoldTheFigureAndShrink() throws {
    let few = try #require(
      try score(report(clips(20, right: 15)), 1).recall)
    let many = try #require(
      try score(report(clips(320, right: 240)), 1).recall)
    for figure in [few, many] {
      let (low, high) = (try #require(figure.low), try #require(figure.high))
      #expect(low < 0.75 && 0.75 < high)
    }
    // The deviation of a share is √(p(1 − p)/n): 0.097 and 0.024.
    let widths = [few, many].map { ($0.high ?? 0) - ($0.low ?? 0) }
    #expect(abs(widths[0] - 2 * 1.96 * 0.097) < 0.08)
    #expect(abs(widths[1] - 2 * 1.96 * 0.0242) < 0.02)
  }

  @Test func chanceIsToldFromDifference() throws {
    let (same, little, clear) = (
      try score(report(clips(20, right: 0)), 1),
      try score(report(clips(20, right: 2)), 1),
      try score(report(clips(20, right: 15)), 1)
    )
    #expect(same.against.first?.f1 == 1)
    #expect(same.against.first?.wer == 1)
    // Two clips can be exchanged in four ways, of which two differ as much.
    #expect(abs((little.against.first?.f1 ?? 0) - 0.5) < 0.02)
    #expect((clear.against.first?.f1 ?? 1) < 0.001)
    #expect((clear.against.first?.wer ?? 1) < 0.001)
  }

  @Test func groupsStandAfterTheWhole() throws {
    let report = report(
      clips(20, right: 10) { $0 < 5 ? "seen" : $0 < 15 ? "held-out" : nil })
    #expect(report.groups.map(\.name) == [nil, "held-out", "seen"])
    #expect(report.groups.map(\.recordings) == [20, 10, 5])
    #expect(report.groups[1].methods[1].recall?.value == 0.5)
    #expect(report.groups[2].methods[1].recall?.value == 1)
  }

  /// The same clips make the same report, to the byte.
  @Test func reportsRepeat() throws {
    func document() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(
        report(clips(20, right: 15)))
    }
    #expect(try document() == document())
  }

  @Test func tablesAlignTheirColumns() throws {
    let table = report(clips(20, right: 15)).table
    let lines = table.split(separator: "\n").map(String.init)
    #expect(lines[0] == "20 recordings, 1.0 min, 80 words, 20 terms said")
    #expect(Set(lines[1...3].map(\.count)).count == 1)
    #expect(lines[1].hasPrefix("method"))
    #expect(lines[3].hasPrefix("text"))
    #expect(lines[3].contains("75.0 ("))
  }

  /// Nothing is said and nothing written: no figure is made up.
  @Test func silenceHasNoShares() throws {
    let clip = Clip(
      name: "zero.wav", group: nil, seconds: 60, reference: "", texts: ["", ""],
      terms: TermSet(["userId"]))
    let report = report([clip])
    let text = try score(report, 1)
    #expect(text.recall == nil && text.precision == nil && text.f1 == nil && text.wer == nil)
    #expect(text.falsePerHour?.value == 0)
    #expect(text.falsePerTenThousand == nil)
  }
}
