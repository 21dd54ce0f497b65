/// A program to start, with its arguments; never through a shell.
///
/// It gets a process group of its own, where a Ctrl-C meant for this program does not reach,
/// default signals, and no descriptor but its three streams.
package struct Command: Sendable {
  /// Where a stream of the program leads to.
  package enum Stream: Sendable {
    /// Into memory, to be asked for at any time.
    ///
    /// What exceeds the limit cannot be written: the program learns of that, and may go on.
    case kept
    /// To whoever reads it while it is written; of messages the end is remembered.
    case streamed
    /// To our own stream.
    case inherited
    /// Nowhere.
    case discarded
  }

  /// The program's path; nothing is looked up.
  package var program: String
  /// All but the name.
  package var arguments: [String]
  /// Its variables; those of this process by default.
  package var environment = Environment.variables
  /// Standard output.
  package var output = Stream.kept
  /// Standard error.
  package var messages = Stream.kept
  /// Bytes of a stream that is kept; it holds for the files that such a program writes, too.
  package var limit = 256 << 20
  /// Whether the program is killed when this one ends, however that happens.
  package var endsWithParent = true

  /// A program with arguments.
  package init(_ program: String, _ arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// Starts it.
  ///
  /// - Parameter input: Its standard input; nothing by default.
  /// - Returns: The program at work.
  /// - Throws: Why it cannot be started: `ENOENT` where there is no such program.
  package func start(input: consuming FileDescriptor? = nil) throws(Errno) -> ChildProcess {
    try ChildProcess(self, input: input)
  }
}
