internal import Foundation

/// Something that does not work, until it works again.
package struct Problem: Equatable, Codable, Sendable {
  /// What kind of error it is.
  package var code: ServiceError.Code
  /// What does not work: `<what>: <why>`, one line.
  package var message: String
  /// The way out, where one is known.
  package var hint: String?
  /// Since when: RFC 3339, in UTC.
  package var since: String

  /// A problem since now.
  package init(_ error: ServiceError) {
    self.init(error, since: Date.now.formatted(.iso8601))
  }

  /// A problem.
  package init(_ error: ServiceError, since: String) {
    (code, message, hint, self.since) = (error.code, error.message, error.hint, since)
  }

  /// What clients are told when it begins.
  package var error: ServiceError { ServiceError(code: code, message: message, hint: hint) }
}
