public import Foundation

/// Where golden data lies.
public enum Fixtures {
  /// The root of this clone.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Golden data that ships with the tests.
  public static let committed = repository.appending(path: "Tests/Fixtures")

  /// The full set of golden data beside the clone, where there is one.
  public static let shared: URL? = {
    let folder = repository.appending(path: "../shared").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.appending(path: "fixtures").path)
      ? folder : nil
  }()
}
