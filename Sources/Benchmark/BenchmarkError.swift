package import System

/// What keeps a benchmark from its figures, beside errors of what it measures.
package enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  /// No released model of this name has known shapes.
  case unknownLayout(String, known: [String])
  /// The model of random weights cannot be written.
  case unwritable(path: String, Errno)
  /// An earlier report cannot be read.
  case unreadable(path: String)
  /// A file is no report.
  case noReport(path: String)
  /// A process that measures for this one was ended by a signal.
  case ended(program: String, signal: Int32)
  /// A process that measures for this one failed, and has said why on stderr.
  case failed(program: String, code: Int32)

  package var description: String {
    switch self {
    case .unknownLayout(let name, _): "\(name): no such layout"
    case .unwritable(let path, let reason): "\(path): \(reason)"
    case .unreadable(let path): "\(path): cannot be read"
    case .noReport(let path): "\(path): is no report of a benchmark"
    case .ended(let program, let signal): "\(program): was ended by signal \(signal)"
    case .failed(let program, let code): "\(program): failed with exit code \(code)"
    }
  }
}
