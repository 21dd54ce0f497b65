import Checkpoint
import Foundation
import Models
import System

/// A model as `utter model` prints it.
struct ModelRow: Encodable {
  let name: String
  let parameters: Int?
  let precision: String?
  let bytes: Int?
  let path: String
  /// Why the model cannot be used.
  let problem: String?

  init(_ model: ModelStore.Model) {
    name = model.name
    parameters = model.parameters
    precision = model.element.map { "\($0)" }
    bytes = model.bytes
    path = model.path
    problem = model.problem?.description
  }

  /// Columns separated by tabs.
  var line: String {
    guard let parameters, let precision, let bytes else {
      return "\(name)\t\(problem?.printable ?? "damaged")"
    }
    let millions = String(format: "%.1f M", Double(parameters) / 1e6)
    let megabytes = String(format: "%.1f MB", Double(bytes) / 1e6)
    return "\(name)\t\(millions)\t\(precision)\t\(megabytes)\t\(path.printable)"
  }
}

extension Encodable {
  /// One JSON document with keys in alphabetical order.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(self), as: UTF8.self).printableJSON
  }
}
