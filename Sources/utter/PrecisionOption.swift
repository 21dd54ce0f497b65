internal import ArgumentParser
import Checkpoint
import Models
import Recognition

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

/// A precision that weights have in a model's file, as an option.
struct StoredPrecision: ExpressibleByArgument {
  private let precision: Precision
  private let name: String

  /// What runs fastest here.
  static let automatic = StoredPrecision(.quickest, named: "auto")

  init(_ precision: Precision) { self.init(precision, named: precision.rawValue) }

  private init(_ precision: Precision, named name: String) {
    (self.precision, self.name) = (precision, name)
  }

  init?(argument: String) {
    if argument == Self.automatic.name {
      self = .automatic
    } else {
      guard let precision = Precision(rawValue: argument) else { return nil }
      self.init(precision)
    }
  }

  /// How weights are written.
  var format: WeightFormat { WeightFormat(precision, rounding: Int8Policy.rounds) }

  static var allValueStrings: [String] {
    [automatic.name] + Precision.allCases.map(\.rawValue)
  }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  var defaultValueDescription: String { name }
}
