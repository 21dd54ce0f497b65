internal import Audio
public import Foundation

/// Recordings as the engine wants them.
public enum Recordings {
  /// All samples of an audio file, 16 kHz mono.
  public static func samples(_ file: URL) throws -> [Float] {
    try AudioFile(path: file.path).readAll()
  }

  /// One of the committed inputs of golden tests: `s030`, `s170` or `s640`.
  public static func committed(_ name: String) throws -> [Float] {
    try samples(Fixtures.committed.appending(path: "wav/\(name).wav"))
  }
}
