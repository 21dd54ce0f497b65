import System
import Vocabulary

/// A term as `utter vocabulary` prints it.
struct TermRow: Encodable {
  let term: String
  /// The usual way to say it first.
  let spoken: [String]
  let weight: Double
  let origin: String
  let file: String
  let line: Int

  init(_ entry: VocabularyList.Entry, file: String) {
    term = entry.term.spelling
    spoken = entry.term.forms.map(\.text)
    weight = entry.term.weight
    origin = "\(entry.term.origin)"
    self.file = file
    line = entry.line
  }

  /// A line of columns separated by tabs.
  var text: String {
    "\(term.printable)\t\(spoken.first?.printable ?? "-")\t\(file.printable):\(line)\n"
  }
}
