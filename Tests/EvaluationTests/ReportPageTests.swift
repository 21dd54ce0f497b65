import Evaluation
import Foundation
import FoundationXML
import Testing

/// The page for browsers, as a tree of elements: it is XML as well.
@Suite struct ReportPageTests {
  /// A page, and what is found in it.
  private struct Page {
    let markup: String
    private let document: XMLDocument

    init(_ page: ReportPage) throws {
      markup = page.markup
      document = try XMLDocument(data: Data(markup.utf8))
    }

    /// Elements by name, and by a condition of XPath.
    func elements(_ name: String, _ condition: String = "true()") throws -> [XMLElement] {
      try document.nodes(forXPath: path(name, condition)).compactMap {
        $0 as? XMLElement
      }
    }

    private func path(_ name: String, _ condition: String) -> String {
      name == "*" ? "//*" : "//*[local-name()='\(name)'][\(condition)]"
    }

    func texts(_ name: String, _ condition: String = "true()") throws -> [String] {
      try elements(name, condition).map { $0.stringValue ?? "" }
    }
  }

  private func report(_ fields: [String] = ["speaker"]) -> ComparisonReport {
    Compared.report(
      [
        Compared.recording(
          0, "open the file now", ["open the file now", "open a file"],
          fields: ["speaker": "anna"]),
        Compared.recording(
          1, "close it", ["close it please", "close it"], fields: ["speaker": "bert"]),
        Compared.recording(2, "yes", ["yes", "yes"], fields: ["speaker": "bert"]),
      ], by: fields)
  }

  @Test func sectionsAreThere() throws {
    let page = try Page(ReportPage(report()))
    #expect(
      try page.elements("section").compactMap { $0["id"] } == [
        "figures", "accuracy", "speed", "effort", "by-speaker", "differences",
      ])
    #expect(try page.texts("title").first == "Speech recognition, compared")
    #expect(page.markup.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\""))
    #expect(try page.texts("p").first == "3 recordings, 0.1 minutes, 7 words")
  }

  @Test func tablesHoldFigures() throws {
    let page = try Page(ReportPage(report()))
    let rows = try page.elements("tr", "ancestor::*[@id='figures']").map { row in
      (row.children ?? []).map { $0.stringValue ?? "" }
    }
    #expect(rows[0].prefix(2) == ["configuration", "WER"])
    #expect(rows[1][0] == "A")
    #expect(rows[1][1].hasPrefix("14.29 ("))
    #expect(rows[2][1].hasPrefix("28.57 ("))
    #expect(rows.last?.first == "B against A")
  }

  @Test func chartsShowEveryConfiguration() throws {
    let page = try Page(ReportPage(report()))
    let intervals = "ancestor::*[@id='accuracy']"
    #expect(try page.elements("circle", "\(intervals) and contains(@class, 'dot')").count == 2)
    #expect(try page.elements("line", "\(intervals) and @class='interval c0'").count == 3)
    #expect(try page.elements("circle", "ancestor::*[@id='speed']").count == 2)
    #expect(try page.texts("text", "@class='number'") == ["1", "2"])
    #expect(try page.texts("li", "ancestor::*[@id='speed']") == ["A", "B"])
    let times = "ancestor::*[@id='effort']"
    #expect(try page.elements("circle", "\(times) and @class='cloud c1'").count == 3)
    #expect(try page.elements("line", "\(times) and @class='mark'").count == 4)
    #expect(try page.elements("rect", "ancestor::*[@id='by-speaker'] and @x").count == 4)
    for drawing in try page.elements("svg", "@role='img'") {
      #expect(drawing["aria-label"]?.isEmpty == false)
    }
    // Nothing lies beyond the drawing.
    for point in try page.elements("circle") {
      let x = try #require(Double(point["cx"] ?? ""))
      #expect(200...700 ~= x)
    }
  }

  @Test func differencesAreMarked() throws {
    let page = try Page(ReportPage(report()))
    let articles = try page.elements("article")
    #expect(articles.count == 2)
    #expect(try page.texts("h3")[0] == "0.flac, 3.0 s, 4 words")
    #expect(try page.texts("del") == ["the", "now"])
    #expect(try page.texts("ins") == ["a", "please"])
    let right = Compared.report([Compared.recording(0, "a", ["a"])])
    #expect(try Page(ReportPage(right)).elements("article").isEmpty)
  }

  @Test func recordingsCanBeHeard() throws {
    var page = ReportPage(report())
    page.audio = { $0.number == 0 ? [1, 2, 3, 255] : nil }
    let players = try Page(page).elements("audio")
    #expect(players.count == 1)
    #expect(players[0]["src"] == "data:audio/wav;base64,AQID/w==")
    #expect(players[0]["controls"] != nil)
  }

  /// The page does nothing and asks nobody.
  @Test func nothingIsLoadedOrRun() throws {
    let page = try Page(ReportPage(report()))
    for name in ["script", "link", "img", "iframe", "object", "a", "form"] {
      #expect(try page.elements(name).isEmpty, "\(name)")
    }
    let policy = try page.elements("meta", "@http-equiv='Content-Security-Policy'")
    #expect(
      policy.first?["content"]?.hasPrefix("default-src 'none'")
        == true)
    let style = try #require(try page.texts("style").first)
    #expect(style.contains("prefers-color-scheme: dark"))
    #expect(style.contains("@media print"))
    #expect(!style.contains("url("))
    // Names of namespaces, which nobody fetches.
    #expect(
      page.markup.components(separatedBy: "://").dropFirst().allSatisfy {
        $0.hasPrefix("www.w3.org/")
      })
  }

  /// Names and texts from outside are shown, never obeyed.
  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "</style><b>",
    "&lt;b&gt; &#x3c;", "]]> <!-- -->", "\u{1b}[31m\u{0}\u{8}", "\u{202e}evil\u{2066}",
    "javascript:alert(1)",
  ])
  func whatComesFromOutsideIsEscaped(_ evil: String) throws {
    let recording = ComparedRecording(
      number: 0, name: evil, seconds: 1,
      entry: ManifestEntry(
        line: 1, recording: evil, text: evil, vocabulary: [], fields: [evil: evil]),
      terms: TermSet([]), heard: [HeardText(text: "\(evil) x", seconds: 1)])
    let other = Compared.recording(1, "a", ["a"], fields: [evil: "b"])
    var prices = Prices()
    prices.hosted = [HostedPrice(name: evil, costPerHour: 1)]
    let report = ComparisonReport(
      configurations: [evil], [recording, other], rules: TextNormalizer(.none), by: [evil],
      prices: prices)
    var page = ReportPage(report)
    page.about = [(evil, evil)]
    page.problems = [evil]
    let parsed = try Page(page)
    for name in ["script", "img"] { #expect(try parsed.elements(name).isEmpty) }
    // What the page makes itself: no more than without all that.
    #expect(try parsed.elements("b").count == 1)
    #expect(try parsed.elements("style").count == 1)
    let attributes = try parsed.elements("*").flatMap { $0.attributes ?? [] }.compactMap(\.name)
    #expect(!attributes.contains { $0.hasPrefix("on") })
    let shown = evil.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x2000 }
    if shown {
      #expect(try parsed.texts("li", "ancestor::*[@id='omissions']") == [evil])
      #expect(try parsed.texts("li", "ancestor::*[@id='speed']") == [evil])
    }
    for scalar in ["\u{0}", "\u{8}", "\u{1b}", "\u{202e}", "\u{2066}"] {
      #expect(!parsed.markup.contains(scalar))
    }
  }

  @Test func whatWasLeftOutIsTold() throws {
    var page = ReportPage(report())
    page.problems = ["a.jsonl:3: is no JSON object"]
    #expect(
      try Page(page).texts("li", "ancestor::*[@id='omissions']") == [
        "a.jsonl:3: is no JSON object"
      ])
  }
}

extension XMLElement {
  /// An attribute's text; the library's own way finds none in elements with a namespace.
  fileprivate subscript(name: String) -> String? {
    attributes?.first { $0.name == name }?.stringValue
  }
}
