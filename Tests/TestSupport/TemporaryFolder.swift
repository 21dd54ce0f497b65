internal import Foundation

/// A folder that goes away with this object.
package final class TemporaryFolder {
  /// Where it lies.
  package let path: String

  /// Makes an empty one.
  package init() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "utter-\(UUID())")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  package func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
