internal import ArgumentParser
import Checkpoint

extension Precision: ExpressibleByArgument {}

/// A precision that weights have in memory, as an option.
struct EnginePrecision: ExpressibleByArgument {
  let precision: Precision

  init(_ precision: Precision) { self.precision = precision }

  init?(argument: String) {
    guard let precision = Precision(inMemory: argument) else { return nil }
    self.precision = precision
  }

  static var allValueStrings: [String] { Precision.inMemory.map(\.rawValue) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  var defaultValueDescription: String { precision.rawValue }
}
