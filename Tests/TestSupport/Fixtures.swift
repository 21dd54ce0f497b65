internal import Checkpoint
public import Foundation

/// Where golden data lies.
public enum Fixtures {
  /// The root of this clone.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Golden data that ships with the tests.
  public static let committed = repository.appending(path: "Tests/Fixtures")

  /// Every folder of golden data there is: the committed one and, beside the clone, the full one.
  public static let golden: [URL] =
    [committed] + (shared.map { [$0.appending(path: "fixtures")] } ?? [])

  /// What lies beside the clone, where there is something: more golden data and recordings.
  public static let shared: URL? = {
    let folder = repository.appending(path: "../shared").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.appending(path: "fixtures").path)
      ? folder : nil
  }()

  /// What a file compressed with gzip holds.
  public static func inflated(_ file: URL) throws -> [UInt8] {
    let compressed = FileRegion(try MappedFile(path: file.path))
    let folder = FileManager.default.temporaryDirectory.path
    let content = try Gunzip.inflate(compressed, in: folder)
    return withExtendedLifetime(content) { [UInt8](content.bytes) }
  }
}
