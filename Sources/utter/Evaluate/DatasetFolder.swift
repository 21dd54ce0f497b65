import ArgumentParser
import Evaluation
import Foundation
import System

extension DatasetFormat: ExpressibleByArgument {}

extension Dataset {
  /// The recordings of a public set on the disk.
  ///
  /// - Parameters:
  ///   - format: How it lies there.
  ///   - path: Its folder, or a table in it.
  /// - Returns: The recordings.
  /// - Throws: `EvaluationError` where none is found.
  static func manifest(
    _ format: DatasetFormat, at path: String
  ) throws(EvaluationError) -> Manifest {
    let isFolder = (try? FileStatus(of: path))?.kind == .directory
    let folder = isFolder ? path : FilePath(path).folder?.spelling ?? "."
    let table = isFolder ? nil : FilePath(path).name.spelling
    return try Dataset(folder) {
      FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    } text: { name throws(EvaluationError) in
      try text(of: "\(folder)/\(name)")
    }.manifest(format, table: table)
  }

  private static func text(of path: String) throws(EvaluationError) -> String? {
    guard (try? FileStatus(of: path)) != nil else { return nil }
    do throws(Errno) {
      return String(decoding: try readInput(path), as: UTF8.self)
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
  }
}
