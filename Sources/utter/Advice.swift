import ArgumentParser

/// An error of a room below, as the user reads it.
///
/// The room says what went wrong and why. The way out may name commands and flags, which only this
/// program knows: `Advice` holds a file for each room.
protocol AdvisedError: Error {
  /// `<what>: <why>`, one line.
  var message: String { get }
  /// The way out, one line; nil where none is known.
  var advice: String? { get }
  /// Exit code that the kind of error calls for.
  var exitCode: ExitCode { get }
}

extension AdvisedError where Self: CustomStringConvertible {
  var message: String { description }
}

/// The way out of any error, for this program's user and the daemon's clients alike.
@Sendable package func advice(for error: any Error) -> String? {
  (error as? any AdvisedError)?.advice
}
