internal import Audio
public import Foundation

/// Recordings as the engine wants them.
public enum Recordings {
  /// All samples of an audio file, 16 kHz mono.
  public static func samples(_ file: URL) throws -> [Float] {
    let recording = try AudioFile(path: file.path)
    var samples: [Float] = []
    let piece = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1 << 16)
    defer { piece.deallocate() }
    while case let count = try recording.read(into: piece), count > 0 {
      samples += UnsafeBufferPointer(rebasing: piece[..<count])
    }
    return samples
  }
}
