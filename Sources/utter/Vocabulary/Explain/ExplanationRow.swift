import Formatting
import Foundation
import System
import Vocabulary

/// What became of a term, as it is printed.
struct ExplanationRow: Encodable {
  /// A token of the term and its part of the margin.
  struct TokenPart: Encodable {
    let token: String
    /// Seconds from the beginning of the recording.
    let start: Double
    let margin: Float
  }

  let term: String
  let start: Double?
  let end: Double?
  let heard: String?
  let margin: Float?
  /// What proposed it, words or audio; nil where it was only looked for because somebody asked.
  let proposal: String?
  /// Its tokens; none where words say it or nothing does.
  let tokens: [TokenPart]
  /// The token that tells most against it; nil where it is written, or something else is.
  let lost: String?
  /// said, written, unsure, rival, english, taken, doubtful, unheard or words.
  let verdict: String
  /// The term or the English that stands in its way.
  let other: String?
  /// Lines of a list with which it would be written there.
  let remedies: [String]

  /// What became of a term that may have been said.
  init(_ account: TermAccount, secondsPerFrame: Double, term: Term?) {
    self.term = account.spelling
    start = Double(account.frames.lowerBound) * secondsPerFrame
    end = Double(account.frames.upperBound) * secondsPerFrame
    heard = account.words.joined(separator: " ")
    switch account.verdict {
    case .said: (verdict, other) = ("said", nil)
    case .written: (verdict, other) = ("written", nil)
    case .unsure: (verdict, other) = ("unsure", nil)
    case .rival(let rival): (verdict, other) = ("rival", rival)
    case .english(let words): (verdict, other) = ("english", words)
    case .taken(let rival): (verdict, other) = ("taken", rival)
    case .doubtful: (verdict, other) = ("doubtful", nil)
    }
    proposal = account.verdict == .said ? "words" : account.isProposed ? "audio" : nil
    tokens = account.tokens.map {
      TokenPart(token: $0.piece, start: Double($0.frame) * secondsPerFrame, margin: $0.margin)
    }
    let least = account.tokens.min { $0.margin < $1.margin }
    lost = account.verdict == .unsure ? least?.piece : nil
    margin = account.verdict == .said ? nil : account.margin
    remedies = term.map { TermRemedy.lines(for: account, of: $0) } ?? []
  }

  /// A term that was heard nowhere.
  init(unheard spelling: String, isLeftToWords: Bool) {
    (term, start, end, heard, margin, other) = (spelling, nil, nil, nil, nil, nil)
    (proposal, tokens, lost) = (nil, [], nil)
    (verdict, remedies) = (isLeftToWords ? "words" : "unheard", [])
  }

  /// Columns separated by tabs, and remedies below.
  var text: String {
    let time = start.flatMap { start in
      end.map { end in String(format: "%.2f–%.2f", start, end) }
    }
    let nats = margin.map { String(format: "%.1f", $0) }
    let parts = tokens.map { "\($0.token) \(String(format: "%.1f", $0.margin))" }
    let columns = [
      term, time ?? "", heard ?? "", nats ?? "", sentence, parts.joined(separator: ", "),
    ].map(\.printable)
    return ([columns.joined(separator: "\t")] + remedies.map { "\t\($0.printableLines)" })
      .joined(separator: "\n")
  }

  private var sentence: String {
    switch verdict {
    case "said": "written: the words say it"
    case "written": "written: the audio says it"
    case "unsure":
      "not written: the audio does not say it well enough"
        + (lost.map { ", least of all \"\($0)\"" } ?? "")
        + (proposal == nil ? ", and proposes it nowhere" : "")
    case "doubtful": "not written: the model hardly believes its own words there"
    case "rival": "not written: the audio says \(other ?? "") as well"
    case "english": "not written: the audio says as well \"\(other ?? "")\""
    case "taken": "not written: \(other ?? "") is written there"
    case "words": "left to the words: it is said like a word of ordinary English"
    default: "not written: it is heard nowhere"
    }
  }
}
