/// What is wrong with a list, and where.
package struct ListProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// How bad it is.
  package enum Severity: String, Sendable {
    /// The list is refused.
    case error
    /// The list is used; a term may not do what its author expects.
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
  package let message: String
  /// What can be done in the list; nil where the message says it all.
  package let remedy: String?

  package init(
    _ severity: Severity, file: String, line: Int, column: Int = 1, _ message: String,
    remedy: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  /// `<file>:<line>:<column>: <what>`, one line.
  package var description: String {
    line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
  }
}
