internal import Foundation

/// A report as one page of HTML that needs nothing else: no network, no script, no other file.
package struct ReportPage {
  private let report: ComparisonReport
  /// What it was made of, for the head of the page: names and texts.
  package var about: [(name: String, text: String)] = []
  /// What was left out, and why.
  package var problems: [String] = []
  /// Recordings with errors that are shown.
  package var shown = 30
  /// Gives the bytes of a WAV file to be heard beside the differences; nil for none.
  package var audio: (RecordingReport) -> [UInt8]? = { _ in nil }

  /// A page for a report.
  package init(_ report: ComparisonReport) { self.report = report }

  /// The page.
  package var markup: String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; media-src data:"
    let head =
      "<meta charset=\"utf-8\"/>"
      + "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\"/>"
      + "<meta name=\"viewport\" content=\"width=device-width\"/>"
      + Markup.element("title", "Speech recognition, compared")
      + Markup.element("style", PageStyle.text)
    let body = [
      heading, figures, accuracy, effort, groups, worst, omissions,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
    return "<!DOCTYPE html>\n"
      + Markup.element(
        "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
        Markup.element("head", head) + "\n" + Markup.element("body", "\n\(body)\n")) + "\n"
  }

  private var whole: ComparedGroup? { report.groups.first }

  private var heading: String {
    let size = whole.map {
      String(
        format: "%d recordings, %.1f minutes, %d words", $0.recordings, $0.seconds / 60, $0.words)
    }
    let list = about.map {
      Markup.element("dt", Markup.text($0.name)) + Markup.element("dd", Markup.text($0.text))
    }
    return Markup.element("h1", "Speech recognition, compared")
      + Markup.element("p", Markup.text(size ?? ""))
      + (list.isEmpty ? "" : Markup.element("dl", list.joined()))
  }

  private func section(_ id: String, _ title: String, _ content: String) -> String {
    Markup.element("section", ["id": id], Markup.element("h2", Markup.text(title)) + content)
  }

  private func note(_ text: String) -> String {
    Markup.element("p", ["class": "note"], Markup.text(text))
  }

  private var figures: String {
    guard let whole else { return "" }
    let tables = report.rows(of: whole)
    let pairs = report.differences.map { pair in
      [
        "\(pair.second) against \(pair.first)",
        pair.wer.map { String(format: "%+.2f", $0 * 100) } ?? "-",
        ComparisonReport.probability(pair.probability),
      ]
    }
    return section(
      "figures", "Errors",
      note(
        "In percent, with 95 % intervals over recordings. Texts are compared by the rules "
          + "\(report.normalizer).")
        + Markup.table(tables[0], Array(tables.dropFirst()))
        + (pairs.isEmpty
          ? ""
          : note("How likely chance alone makes two of them differ as much:")
            + Markup.table(["pair", "WER", "p"], pairs)))
  }

  private var accuracy: String {
    guard let whole else { return "" }
    var chart = Chart(
      "Word error rates with their intervals", axis: "word error rate",
      .fromZero(whole.scores.map { ($0.wer?.high ?? $0.wer?.value ?? 0) * 100 }, percent))
    for (index, score) in whole.scores.enumerated() {
      chart.add(score.configuration, score.wer?.inPercent, color: index % Chart.colors)
    }
    return section("accuracy", "Word error rate", chart.markup) + "\n" + speed(whole)
  }

  /// Errors against speed.
  private func speed(_ whole: ComparedGroup) -> String {
    let points = zip(whole.scores, report.efforts).compactMap { score, effort in
      score.wer.flatMap { wer in effort.rtf.map { (x: $0, y: wer.value * 100) } }
    }
    guard points.count == report.configurations.count else { return "" }
    var chart = Chart(
      "Word error rate against real-time factor", axis: "seconds of computing for one of audio",
      .fromZero(points.map(\.x)) { String(format: "%.4f", $0) })
    chart.add(points: points, axis: "WER", .around(points.map(\.y), percent))
    let names = report.configurations.map { Markup.element("li", Markup.text($0)) }
    return section(
      "speed", "Errors against speed",
      chart.markup + Markup.element("ol", ["class": "names"], names.joined()))
  }

  private var effort: String {
    let rows = report.effortRows
    var chart = Chart(
      "Time until the text of a recording was there", axis: "time, by powers of ten",
      .logarithmic(report.efforts.flatMap { $0.times.map { $0[1] } }, ComparisonReport.time))
    for (index, effort) in report.efforts.enumerated() {
      chart.add(
        values: effort.configuration, effort.times.map { $0[1] },
        lines: effort.latency.map { [$0.p50, $0.p95] } ?? [], color: index % Chart.colors)
    }
    return section(
      "effort", "Time, memory and energy",
      Markup.table(rows[0], Array(rows.dropFirst()))
        + note("A point for each recording; lines at the middle and where 95 % are below.")
        + chart.markup)
  }

  private var groups: String {
    let fields = report.groups.compactMap(\.field).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return fields.map { field in
      let groups = report.groups.filter { $0.field == field }
      var chart = Chart(
        "Word error rates by \(field)", axis: "word error rate",
        .fromZero(groups.flatMap { $0.scores.map { ($0.wer?.value ?? 0) * 100 } }, percent))
      for group in groups {
        for (index, score) in group.scores.enumerated() {
          chart.add(
            bar: index == 0 ? group.value ?? "" : "", score.wer.map { $0.value * 100 },
            color: index % Chart.colors,
            text: score.wer.map { String(format: "%.1f", $0.value * 100) } ?? "")
        }
      }
      let legend = report.configurations.enumerated().map { index, name in
        Markup.element(
          "svg", ["viewBox": "0 0 10 10", "class": "key", "aria-hidden": "true"],
          Markup.element(
            "rect", ["width": "10", "height": "10", "class": "bar c\(index % Chart.colors)"], ""))
          + " " + Markup.element("bdi", Markup.text(name))
      }
      return section(
        "by-\(Self.identifier(field))", "By \(field)",
        Markup.element("p", ["class": "legend"], legend.joined(separator: " ")) + chart.markup)
    }.joined(separator: "\n")
  }

  private static func identifier(_ text: String) -> String {
    String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  private var worst: String {
    let wrong = report.recordings.filter { $0.errors > 0 }
    guard !wrong.isEmpty else {
      return section("differences", "Differences", note("Every word was heard as it was said."))
    }
    let articles = wrong.prefix(shown).map { recording in
      let sound = audio(recording).map { bytes in
        Markup.element(
          "audio",
          [
            "controls": "controls", "preload": "none",
            "src": "data:audio/wav;base64,\(Data(bytes).base64EncodedString())",
          ], "")
      }
      let texts = recording.heard.map { heard in
        Markup.element(
          "p",
          Markup.element("b", Markup.element("bdi", Markup.text(heard.configuration)))
            + " (\(heard.errors)) "
            + Markup.element(
              "span", ["dir": "auto"], heard.differences.map(\.markup).joined(separator: " ")))
      }
      return Markup.element(
        "article",
        Markup.element("h3", Markup.text(recording.heading)) + (sound ?? "")
          + Markup.element(
            "p", ["class": "said", "dir": "auto"], Markup.text(recording.reference))
          + texts.joined())
    }
    return section(
      "differences", "Differences",
      note(
        "\(min(shown, wrong.count)) of \(wrong.count) recordings with errors, the most first: "
          + "what is said and was not heard is struck out, what was heard instead underlined.")
        + articles.joined(separator: "\n"))
  }

  private var omissions: String {
    guard !problems.isEmpty else { return "" }
    return section(
      "omissions", "Left out",
      Markup.element(
        "ul", problems.map { Markup.element("li", Markup.text($0)) }.joined(separator: "\n")))
  }

  private var percent: (Double) -> String { { String(format: "%.1f %%", $0) } }
}

extension Figure {
  /// A share in percent.
  fileprivate var inPercent: Figure {
    Figure(value: value * 100, low: low.map { $0 * 100 }, high: high.map { $0 * 100 })
  }
}

extension WordDifference {
  /// The words; where they differ, those that are said struck out and those that were heard
  /// underlined.
  fileprivate var markup: String {
    let (said, heard) = (
      Markup.text(said.joined(separator: " ")), Markup.text(heard.joined(separator: " "))
    )
    if isRight { return said }
    return [
      said.isEmpty ? nil : Markup.element("del", said),
      heard.isEmpty ? nil : Markup.element("ins", heard),
    ].compactMap { $0 }.joined(separator: " ")
  }
}
