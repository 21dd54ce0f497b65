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
}
