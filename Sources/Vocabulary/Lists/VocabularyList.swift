internal import Foundation

/// Terms as people write them down, one a line.
///
/// A line is a spelling, and behind it, each after a tab, fields: `spoken=` a way to say it (more
/// than once if need be), `weight=` from 0.01 to 100, `case=exact` or `case=sentence`, `guard=on`
/// or `guard=off`. Empty lines say nothing, nor do lines whose first character is `#`. A backslash
/// before a spelling makes that `#` a part of it, and vanishes. The text is UTF-8; a byte order
/// mark and carriage returns at the ends of lines do not matter.
package struct VocabularyList: Equatable, Sendable {
  /// A term and where it stands.
  package struct Entry: Equatable, Sendable {
    /// The term.
    package var term: Term
    /// Its line, from 1 on.
    package let line: Int
  }

  /// The file, or what else it is called by.
  package let file: String
  /// Its terms, in the order of the lines.
  package let entries: [Entry]
  /// What is wrong with its lines.
  package let problems: [ListProblem]

  /// The terms.
  package var terms: [Term] { entries.map(\.term) }

  /// Whether it may be used: nothing in it is an error.
  package var isUsable: Bool { !problems.contains { $0.severity == .error } }

  /// Reads a list, whatever the bytes are.
  ///
  /// - Parameters:
  ///   - bytes: The list.
  ///   - file: What problems call it.
  ///   - origin: Who wants its terms.
  package init(_ bytes: [UInt8], file: String, origin: Term.Origin = .global) {
    self.file = file
    var entries: [Entry] = []
    var problems: [ListProblem] = []
    var content = bytes[...]
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = line.last == 0x0D ? line.dropLast() : line
      do throws(LineFault) {
        guard let term = try ListLine(line).term(origin) else { continue }
        if entries.count == ListLimits.terms {
          problems.append(
            ListProblem(
              .error, file: file, line: index + 1,
              "more than \(ListLimits.terms) terms", remedy: "keep those that you say"))
          break
        }
        entries.append(Entry(term: term, line: index + 1))
      } catch {
        problems.append(
          ListProblem(
            .error, file: file, line: index + 1, column: error.column, error.message,
            remedy: error.remedy))
        // Of a file that is no list at all, the beginning says enough.
        if problems.count == 20 { break }
      }
    }
    self.entries = entries
    self.problems = problems
  }

  /// A list of terms that did not come from a file.
  ///
  /// - Parameters:
  ///   - terms: Its terms, one a line.
  ///   - file: What problems call it.
  package init(_ terms: [Term], file: String) {
    self.init(Array(Self.text(of: terms).utf8), file: file)
  }

  /// The lines that give these terms again.
  ///
  /// - Parameter terms: Terms that a list can hold.
  /// - Returns: A line for each.
  package static func text(of terms: [Term]) -> String {
    terms.map { line(of: $0) + "\n" }.joined()
  }

  /// The line that gives a term.
  package static func line(of term: Term) -> String {
    let isEscaped = term.spelling.hasPrefix("#") || term.spelling.hasPrefix("\\")
    var fields = [(isEscaped ? "\\" : "") + term.spelling]
    fields += term.spoken.map { "spoken=\($0)" }
    if term.weight != 1 { fields.append("weight=\(text(of: term.weight))") }
    if term.casing != .automatic { fields.append("case=\(term.casing.rawValue)") }
    if term.guard != .automatic { fields.append("guard=\(term.guard.rawValue)") }
    return fields.joined(separator: "\t")
  }

  private static func text(of weight: Double) -> String {
    weight == weight.rounded() ? "\(Int(weight))" : "\(weight)"
  }

  /// What a spelling, or a spoken form, is to be when it is compared: composed, and without spaces
  /// round it.
  package static func normalized(_ text: String) -> String {
    let isTrimmed = text.utf8.first != 0x20 && text.utf8.last != 0x20
    let trimmed = isTrimmed ? text : text.trimmingCharacters(in: CharacterSet(charactersIn: " "))
    return trimmed.utf8.allSatisfy { $0 < 0x80 }
      ? trimmed : trimmed.precomposedStringWithCanonicalMapping
  }
}
