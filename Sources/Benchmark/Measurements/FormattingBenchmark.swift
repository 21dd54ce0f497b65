internal import Formatting
internal import Foundation

/// Measures what it takes to write a text, without any recognition.
struct FormattingBenchmark {
  private let writing: BenchmarkWriting

  private static let words = 200
  private static let rounds = 51

  /// Measures a way to write.
  init(_ writing: BenchmarkWriting) { self.writing = writing }

  /// A text that is written at once, as that of a file, and word by word, as in a dictation.
  func row() -> FormattingRow {
    let words = writing.words(Self.words)
    let whole = Self.milliseconds {
      var formatter = Formatter(writing.rules)
      return formatter.finish(words)
    }
    let stepwise = Self.milliseconds {
      var formatter = Formatter(writing.rules)
      for count in words.indices {
        formatter.hear(Array(words[...count]), known: words[count].end)
      }
      return formatter.finish(words)
    }
    var formatter = Formatter(writing.rules)
    return FormattingRow(
      words: words.count, terms: formatter.finish(words).terms.count, whole: whole,
      stepwise: stepwise)
  }

  private static func milliseconds(_ write: () -> FormattedText) -> Spread {
    // The first one touches memory that nobody used yet.
    _ = write()
    return Spread(
      (0..<rounds).map { _ in
        let start = ContinuousClock.now
        _ = write()
        return start.duration(to: .now) / .milliseconds(1)
      })
  }
}

/// Texts of one length: milliseconds until they are written.
struct FormattingRow: ReportRow {
  let words: Int
  /// Terms of the vocabulary in it.
  let terms: Int
  /// All words at once.
  let whole: Spread
  /// Word by word, as a sum.
  let stepwise: Spread

  static var fields: [ReportField<Self>] {
    [
      ReportField("words", \.words),
      ReportField("terms", \.terms),
      ReportField("median_ms", \.whole.median),
      ReportField("p95_ms", \.whole.p95),
      ReportField("stepwise_median_ms", \.stepwise.median),
      ReportField("stepwise_p95_ms", \.stepwise.p95),
    ]
  }

  /// The head of the table for people.
  static let heading = "formatting words terms   at once      p95  stepwise      p95"

  /// The row for people.
  var line: String {
    String(
      format: "           %5d %5d %6.2f ms %5.2f ms %6.2f ms %5.2f ms", words, terms,
      whole.median, whole.p95, stepwise.median, stepwise.p95)
  }
}
