/// What keeps a benchmark from its figures, beside errors of what it measures.
package enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  /// No released model of this name has known shapes.
  case unknownLayout(String, known: [String])
  /// An earlier report cannot be read.
  case unreadable(path: String)
  /// A file is no report.
  case noReport(path: String)
  /// A process that measures a model was ended by a signal.
  case ended(model: String, signal: Int32)
  /// A process that measures a model failed, and has said why on stderr.
  case failed(code: Int32)

  package var description: String {
    switch self {
    case .unknownLayout(let name, _): "\(name): no such layout"
    case .unreadable(let path): "\(path): cannot be read"
    case .noReport(let path): "\(path): is no report of a benchmark"
    case .ended(let model, let signal):
      "\(model): the process that measures memory was ended by signal \(signal)"
    case .failed(let code): "a process that measures memory failed with exit code \(code)"
    }
  }
}
