import Foundation
import System
import Vocabulary

/// What `utter vocabulary tune` prints.
struct TuneDocument: Encodable {
  /// Terms that the audio wrote with one caution, without a floor and with the one that was found.
  struct Row: Encodable {
    let caution: String
    let wrong: Int
    let right: Int
    let floor: Int
    let wrongLeft: Int
    let rightLeft: Int

    private enum CodingKeys: String, CodingKey {
      case caution, wrong, right, floor
      case wrongLeft = "wrong_left"
      case rightLeft = "right_left"
    }
  }

  /// A term that nobody said.
  struct Wrong: Encodable {
    let term: String
    let margin: Float
  }

  /// The floor that was found for the caution in force.
  let floor: Int
  private let caution: String
  private let recordings: Int
  private let withoutWords: Int
  private let hours: Double
  private let rate: Double
  private let rows: [Row]
  /// With the caution in force, the surest first.
  private let wrong: [Wrong]

  private enum CodingKeys: String, CodingKey {
    case floor, caution, recordings, hours, rate, wrong
    case withoutWords = "without_words"
    case rows = "cautions"
  }

  init(_ found: FloorFinding, rate: Double, judging: Judging) {
    let all = zip(Caution.allCases, found.searches)
    rows = all.map { caution, search in
      let floor = search.floor(rate: rate)
      func count(_ floor: Int, _ isRight: Bool) -> Int {
        search.written(floor: floor).count { $0.isRight == isRight }
      }
      return Row(
        caution: caution.rawValue, wrong: count(0, false), right: count(0, true), floor: floor,
        wrongLeft: count(floor, false), rightLeft: count(floor, true))
    }
    caution = judging.caution.rawValue
    floor = rows.first { [caution] in $0.caution == caution }?.floor ?? judging.floor
    let search = all.first { $0.0 == judging.caution }?.1 ?? FloorSearch()
    wrong = search.writes.filter { !$0.isRight }.sorted { $0.margin > $1.margin }
      .map { Wrong(term: $0.term, margin: $0.margin) }
    (recordings, withoutWords, self.rate) = (found.recordings, found.withoutWords, rate)
    hours = search.hours
  }

  /// For people.
  ///
  /// - Parameter shown: Wrong terms that are shown at most.
  /// - Returns: Lines.
  func table(shown: Int) -> String {
    let head = String(
      format: "%d recordings (%d without words), %.2f hours, at most %g wrong terms an hour",
      recordings, withoutWords, hours, rate)
    var lines = [head, "", "caution  wrong  right  floor  wrong then  right then"]
    for row in rows {
      lines.append(
        row.caution.padding(toLength: 7, withPad: " ", startingAt: 0)
          + String(
            format: "  %5d  %5d  %5d  %10d  %10d", row.wrong, row.right, row.floor, row.wrongLeft,
            row.rightLeft))
    }
    if !wrong.isEmpty { lines += ["", "wrong with \(caution), by nats above what is needed:"] }
    for term in wrong.prefix(shown) {
      lines.append("\(term.term.printable)\t\(String(format: "%.1f", term.margin))")
    }
    if hours * rate < 1 {
      lines += [
        "", "too little audio to tell of \(String(format: "%g", rate)) an hour: none is allowed",
      ]
    }
    return lines.joined(separator: "\n")
  }
}
