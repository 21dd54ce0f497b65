internal import Audio
public import Foundation

/// Recordings as the engine wants them.
public enum Recordings {
  /// All samples of an audio file, 16 kHz mono.
  public static func samples(_ file: URL) throws -> [Float] {
    try AudioFile(path: file.path).readAll()
  }
}
