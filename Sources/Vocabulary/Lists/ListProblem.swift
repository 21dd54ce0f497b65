/// What is wrong with a list, and where.
package struct ListProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// How bad it is.
  package enum Severity: String, Sendable {
    /// The list cannot be used, or the term can never be written.
    case error
    /// The term may not do what its author expects.
    case warning
  }

  /// How bad it is.
  package let severity: Severity
  /// The list's file or name.
  package let file: String
  /// The line, from 1 on; 0 where the file as a whole is meant.
  package let line: Int
  /// The character in the line, from 1 on.
  package let column: Int
  /// What is wrong.
  package let fault: String
  /// What can be done in the list; nil where the fault says it all.
  package let remedy: String?

  /// A problem at a place of a list; without a line, of the list as a whole.
  package init(
    _ severity: Severity, file: String, line: Int, column: Int = 1, _ fault: String,
    remedy: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.fault = fault
    self.remedy = remedy
  }

  /// `<file>:<line>:<column>: <what>`, one line.
  package var description: String {
    line == 0 ? "\(file): \(fault)" : "\(file):\(line):\(column): \(fault)"
  }
}
